import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { parse as parseCsv } from 'csv-parse/sync';
import { parse as parseYaml } from 'yaml';

/** A row as written in a case: columns that are missing are NULL. */
export type CaseRow = Readonly<Record<string, unknown>>;

/** The folder of one case, read. */
export interface ModelCase {
  readonly model: string;
  readonly name: string;
  readonly dir: string;
  /** Input tables by name. */
  readonly given: ReadonlyMap<string, readonly CaseRow[]>;
  /** Rows of the model's own table before the run; undefined where it does not exist yet. */
  readonly before: readonly CaseRow[] | undefined;
  readonly expected: readonly CaseRow[];
  /** Rows added to input tables before the second run. */
  readonly givenThen: ReadonlyMap<string, readonly CaseRow[]>;
  readonly expectedAfterSecondRun: readonly CaseRow[] | undefined;
}

const ENDINGS = ['.yaml', '.yml', '.csv', '.ndjson'];

/** The folders of all cases, `casesDir`/<model>/<case>, sorted. */
export function listModelCases(
  casesDir: string,
): { readonly model: string; readonly name: string; readonly dir: string }[] {
  return folders(casesDir).flatMap((model) =>
    folders(join(casesDir, model)).map((name) => ({
      model,
      name,
      dir: join(casesDir, model, name),
    })),
  );
}

/** Reads a case folder. Throws one sentence for a file that is missing or cannot be read. */
export function readModelCase(dir: string, model: string, name: string): ModelCase {
  const expected = readNamed(dir, 'expected');
  if (!expected) throw new Error(`${dir} has no expected.yaml (or .csv, .ndjson): add one.`);
  return {
    model,
    name,
    dir,
    given: readFolder(join(dir, 'given')),
    before: readNamed(join(dir, 'before'), model),
    expected,
    givenThen: readFolder(join(dir, 'given_then')),
    expectedAfterSecondRun: readNamed(dir, 'expected_after_second_run'),
  };
}

function folders(dir: string): string[] {
  if (!existsSync(dir)) return [];
  return readdirSync(dir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

function readFolder(dir: string): Map<string, readonly CaseRow[]> {
  if (!existsSync(dir)) return new Map();
  return new Map(
    readdirSync(dir)
      .sort()
      .map((file) => [basename(file, extname(file)), readRows(join(dir, file))]),
  );
}

function readNamed(dir: string, name: string): readonly CaseRow[] | undefined {
  const file = ENDINGS.map((ending) => join(dir, name + ending)).find(existsSync);
  return file === undefined ? undefined : readRows(file);
}

/** Rows of a YAML list, a CSV file with a header (empty cells are NULL), or NDJSON. */
export function readRows(file: string): CaseRow[] {
  const text = readFileSync(file, 'utf8');
  try {
    const rows = parseText(extname(file), text);
    if (Array.isArray(rows) && rows.every(isRow)) return rows;
  } catch (error) {
    throw new Error(`${file} cannot be read: ${(error as Error).message}`);
  }
  throw new Error(`${file} must be a list of rows, each with its columns by name.`);
}

function parseText(ending: string, text: string): unknown {
  switch (ending) {
    case '.yaml':
    case '.yml':
      return parseYaml(text) ?? [];
    case '.csv':
      return parseCsv(text, {
        columns: true,
        skip_empty_lines: true,
        cast: (value, context) => (value === '' && !context.header ? null : value),
      });
    case '.ndjson':
      return text
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map((line) => JSON.parse(line));
    default:
      throw new Error(`its ending is none of ${ENDINGS.join(', ')}`);
  }
}

function isRow(value: unknown): value is CaseRow {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
