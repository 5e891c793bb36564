import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { parse as parseCsv } from 'csv-parse/sync';
import { parse as parseYaml } from 'yaml';

/** A row as written in a case: columns that are missing are NULL. */
export type CaseRow = Readonly<Record<string, unknown>>;

const ENDINGS = ['.yaml', '.yml', '.csv', '.ndjson'];

/** A file of rows, found but not read: the table it is named after, and its path. */
interface RowFile {
  readonly table: string;
  readonly file: string;
}

/** The row files of a folder, sorted; none where there is no folder. */
export function listRowFiles(dir: string): RowFile[] {
  if (!existsSync(dir)) return [];
  return readdirSync(dir)
    .filter((file) => !file.startsWith('.'))
    .sort()
    .map((file) => ({ table: basename(file, extname(file)), file: join(dir, file) }));
}

/** `dir`/`name` with the first ending that exists. */
export function findRowFile(dir: string, name: string): string | undefined {
  return ENDINGS.map((ending) => join(dir, name + ending)).find(existsSync);
}

/** Rows of a YAML list, a CSV file with a header (empty cells are NULL), or NDJSON. */
export function readRows(file: string): CaseRow[] {
  let rows: unknown;
  try {
    rows = parseText(extname(file), readFileSync(file, 'utf8'));
  } catch (error) {
    const [what] = (error as Error).message.split('\n');
    throw new Error(`${file} cannot be read: ${what?.replace(/:$/, '')}`);
  }
  if (Array.isArray(rows) && rows.every(isRow)) return rows;
  throw new Error(`${file} must be a list of rows, each with its columns by name.`);
}

function parseText(ending: string, text: string): unknown {
  switch (ending) {
    case '.yaml':
    case '.yml':
      // Whole numbers beyond 2^53 (ids, keys) would lose digits as floats.
      return withoutBigInts(parseYaml(text, { intAsBigInt: true }) ?? []);
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

/** Numbers where they are exact, text of digits where they are not. */
function withoutBigInts(value: unknown): unknown {
  if (typeof value === 'bigint') {
    return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  }
  if (Array.isArray(value)) return value.map(withoutBigInts);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [name, withoutBigInts(field)]),
  );
}

function isRow(value: unknown): value is CaseRow {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
