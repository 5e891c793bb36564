import { createReadStream } from 'node:fs';
import { mkdtemp, open, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { openDuckDb } from '../../shared/duckdb';
import { messageOf, UserError } from '../../shared/errors';
import { formatOf, sqlString } from './journeys-source';

/** A column to write: values by row. */
export interface OutputColumn {
  readonly name: string;
  readonly type: 'string' | 'number';
  /** null: nothing, NULL in Parquet. */
  readonly valueAt: (row: number) => string | number | null;
}

/** Rows that are written at once. */
const BLOCK = 8192;

/**
 * Writes a table to a CSV, NDJSON or Parquet file by its ending, or as CSV to `stdout` where `out`
 * is absent. The file appears whole or not at all.
 *
 * @throws UserError for an ending that is not known or a folder that can't be written
 */
export async function writeTable(
  columns: readonly OutputColumn[],
  rowCount: number,
  out: string | undefined,
  stdout: NodeJS.WritableStream,
): Promise<void> {
  const format = out === undefined ? 'csv' : formatOf(out);
  const folder = out === undefined ? tmpdir() : dirname(out);
  const work = await mkdtemp(join(folder, '.tributary-')).catch((error: unknown) => {
    throw new UserError(`${folder} cannot be written (${messageOf(error)}); choose another --out.`);
  });
  try {
    const file = join(work, out === undefined ? 'table.csv' : basename(out));
    if (format === 'ndjson') {
      await writeLines(file, '', rowCount, ndjsonLine(columns));
    } else if (format === 'csv') {
      await writeCsv(file, columns, rowCount);
    } else {
      await writeCsv(`${file}.csv`, columns, rowCount);
      await convertToParquet(`${file}.csv`, file, columns);
    }
    if (out === undefined) {
      await pipeline(createReadStream(file), stdout, { end: false });
    } else {
      await rename(file, out);
    }
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

type LineAt = (row: number) => string;

async function writeCsv(file: string, columns: readonly OutputColumn[], rowCount: number) {
  const header = `${columns.map(({ name }) => csvField(name)).join(',')}\n`;
  await writeLines(file, header, rowCount, (row) => {
    let line = '';
    columns.forEach(({ valueAt }, index) => {
      const value = valueAt(row);
      line += index === 0 ? '' : ',';
      line += typeof value === 'string' ? csvField(value) : (value ?? '');
    });
    return line;
  });
}

function csvField(text: string): string {
  return /[",\r\n]/.test(text) || text === '' ? `"${text.replaceAll('"', '""')}"` : text;
}

function ndjsonLine(columns: readonly OutputColumn[]): LineAt {
  return (row) =>
    JSON.stringify(Object.fromEntries(columns.map(({ name, valueAt }) => [name, valueAt(row)])));
}

async function writeLines(file: string, header: string, rowCount: number, lineAt: LineAt) {
  const handle = await open(file, 'w');
  try {
    let block = header;
    for (let row = 0; row < rowCount; row += 1) {
      block += lineAt(row);
      block += '\n';
      if (row % BLOCK === BLOCK - 1) {
        await handle.write(block);
        block = '';
      }
    }
    await handle.write(block);
  } finally {
    await handle.close();
  }
}

async function convertToParquet(csv: string, file: string, columns: readonly OutputColumn[]) {
  const instance = await openDuckDb();
  try {
    const connection = await instance.connect();
    const types = columns.map(
      ({ name, type }) => `${sqlString(name)}: '${type === 'string' ? 'VARCHAR' : 'DOUBLE'}'`,
    );
    await connection.run(
      `COPY (FROM read_csv(${sqlString(csv)}, auto_detect = false, columns = {${types.join(', ')}}, header = true, quote = '"', escape = '"')) TO ${sqlString(file)} (FORMAT parquet)`,
    );
    connection.closeSync();
  } finally {
    instance.closeSync();
  }
}
