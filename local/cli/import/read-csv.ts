import { messageOf, UserError } from '@tributary/functions/shared/errors';
import { CsvError, parse } from 'csv-parse';
import { openFile, readLines } from './read-file';
import type { FileRecord, RecordFile } from './read-records';

interface CsvRecord {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/**
 * A CSV file with a header. Comma, semicolon or tab: the one that the header has most of.
 *
 * @throws UserError where the header is missing or names a column twice; while reading, where a
 * quote is never closed
 */
export async function openCsv(file: string): Promise<RecordFile> {
  const delimiter = await findDelimiter(file);
  const rows = readRows(file, delimiter);
  const header = (await rows.next()).value?.record.map((name) => name.trim()) ?? [];
  const twice = header.find((name, index) => header.indexOf(name) !== index);
  if (twice !== undefined) {
    await rows.return(undefined);
    throw new UserError(`${file}, line 1: the column "${twice}" stands there twice; name it once.`);
  }
  return { columns: header, unit: 'line', records: toRecords(rows, header) };
}

async function findDelimiter(file: string): Promise<string> {
  const first = (await readLines(file).next()).value ?? '';
  const count = (delimiter: string) => first.split(delimiter).length;
  return [';', '\t'].find((delimiter) => count(delimiter) > count(',')) ?? ',';
}

async function* readRows(file: string, delimiter: string): AsyncGenerator<CsvRecord, undefined> {
  const parser = parse({
    bom: true,
    delimiter,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
  });
  const input = openFile(file);
  input.on('error', (error) => parser.destroy(error));
  try {
    yield* input.pipe(parser) as AsyncIterable<CsvRecord>;
    return undefined;
  } catch (error) {
    const line = error instanceof CsvError && 'lines' in error ? `, line ${error.lines}` : '';
    throw new UserError(`${file}${line} can't be read as CSV: ${messageOf(error)}.`);
  } finally {
    input.destroy();
  }
}

async function* toRecords(
  rows: AsyncIterable<CsvRecord>,
  header: readonly string[],
): AsyncGenerator<FileRecord> {
  for await (const { record, info } of rows) {
    const values = Object.fromEntries(
      header.map((name, index) => [name, record[index] === '' ? null : (record[index] ?? null)]),
    );
    if (record.length === header.length) {
      yield { line: info.lines, values };
    } else {
      const problem = `has ${record.length} fields where the header has ${header.length}`;
      yield { line: info.lines, values: { text: record.join(delimiterShown) }, problem };
    }
  }
}

/** Records with a wrong number of fields are shown with commas, whatever the file has. */
const delimiterShown = ',';
