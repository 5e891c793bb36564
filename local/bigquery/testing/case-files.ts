import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type CaseOptions, readCaseOptions } from './case-options';
import { type CaseRow, findRowFile, listRowFiles, readRows } from './row-files';

/** Rows by table, named as the files are. */
export type TableRows = ReadonlyMap<string, readonly CaseRow[]>;

/** What happens to the inputs before one run, and what must stand in the model's table after it. */
export interface CaseRun {
  /** From 1. */
  readonly number: number;
  /** Before the first run: the inputs. Before later ones: rows that come in addition. */
  readonly added: TableRows;
  /** Inputs whose rows are all replaced by these. */
  readonly replaced: TableRows;
  /** Rows that go: those equal to one of these in the columns that it names. */
  readonly removed: TableRows;
  readonly isFullRefresh: boolean;
  /** Undefined where the run must fail. */
  readonly expected: readonly CaseRow[] | undefined;
}

/** Where a case lies. */
export interface CaseFolder {
  readonly model: string;
  readonly name: string;
  readonly dir: string;
}

/** The folder of one case, read. */
export interface ModelCase extends CaseFolder {
  readonly options: CaseOptions;
  /** Rows of the model's own table before the first run; undefined where there is no table yet. */
  readonly before: readonly CaseRow[] | undefined;
  readonly runs: readonly CaseRun[];
}

/** What may stand in a case folder, with the number of the run that it belongs to. */
const ENTRY = /^(?:(added|replaced|removed)_([1-9]\d*)|expected(?:_([1-9]\d*))?\.\w+)$/;
const PLAIN_ENTRIES = ['given', 'before', 'case.yaml'];

/** The folders of all cases, `casesDir`/<model>/<case>, sorted. */
export function listModelCases(casesDir: string): CaseFolder[] {
  return folders(casesDir).flatMap((model) =>
    folders(join(casesDir, model)).map((name) => ({
      model,
      name,
      dir: join(casesDir, model, name),
    })),
  );
}

/** Every file of a case that holds rows of an input. */
export function listInputFiles(dir: string): ReturnType<typeof listRowFiles> {
  return folders(dir)
    .filter((name) => name === 'given' || /^(added|replaced)_\d+$/.test(name))
    .flatMap((name) => listRowFiles(join(dir, name)));
}

/** Reads a case folder. Throws one sentence for a file that is missing or cannot be read. */
export function readModelCase(folder: CaseFolder): ModelCase {
  const { dir, model } = folder;
  const options = readCaseOptions(dir);
  const last = lastRun(dir, options);
  const runs = Array.from({ length: last }, (_, index) => readRun(dir, index + 1, last, options));
  return { ...folder, options, before: readBefore(dir, model), runs };
}

/** The highest number of a run that a file or option names. */
function lastRun(dir: string, options: CaseOptions): number {
  const numbers = [1, ...options.full_refresh];
  for (const entry of readdirSync(dir).filter((name) => !name.startsWith('.'))) {
    const match = ENTRY.exec(entry);
    const number = Number(match?.[2] ?? match?.[3] ?? 2);
    if ((!match && !PLAIN_ENTRIES.includes(entry)) || number < 2) {
      throw new Error(`${join(dir, entry)} has no meaning in a case: the README lists the names.`);
    }
    if (match?.[2] ?? match?.[3]) numbers.push(number);
  }
  return Math.max(...numbers);
}

function readRun(dir: string, number: number, last: number, options: CaseOptions): CaseRun {
  const expected = number === 1 ? 'expected' : `expected_${number}`;
  const file = findRowFile(dir, expected);
  const mustFail = options.expected_error !== undefined && number === last;
  if (!file && !mustFail) {
    throw new Error(`${dir} has no ${expected}.yaml (or .csv, .ndjson): add one.`);
  }
  if (file && mustFail) {
    throw new Error(`${file} cannot hold: case.yaml says that this run fails; remove one of them.`);
  }
  return {
    number,
    added: readFolder(join(dir, number === 1 ? 'given' : `added_${number}`)),
    replaced: readFolder(join(dir, `replaced_${number}`)),
    removed: readFolder(join(dir, `removed_${number}`)),
    isFullRefresh: options.full_refresh.includes(number),
    expected: file === undefined ? undefined : readRows(file),
  };
}

/** `before` holds one table, the model's own, under the name that the case folder uses. */
function readBefore(dir: string, model: string): readonly CaseRow[] | undefined {
  const files = listRowFiles(join(dir, 'before'));
  const stranger = files.find(({ table }) => table !== model);
  if (stranger) {
    throw new Error(`${stranger.file} is not the model's own table: inputs belong to given/.`);
  }
  return files[0] && readRows(files[0].file);
}

function readFolder(dir: string): TableRows {
  const rows = new Map<string, readonly CaseRow[]>();
  for (const { table, file } of listRowFiles(dir)) {
    if (rows.has(table)) throw new Error(`${file} is the second file of ${table}: keep one.`);
    rows.set(table, readRows(file));
  }
  return rows;
}

function folders(dir: string): string[] {
  if (!existsSync(dir)) return [];
  return readdirSync(dir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map((entry) => entry.name)
    .sort();
}
