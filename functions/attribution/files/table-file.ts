import { createReadStream } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { DOUBLE, DuckDBDataChunk, DuckDBInstance, VARCHAR } from '@duckdb/node-api';
import { messageOf, UserError } from '../../shared/errors';
import { type FileFormat, formatOf, sqlString } from './journeys-source';

/** A column to write: values by row. */
export interface OutputColumn {
  readonly name: string;
  readonly type: 'string' | 'number';
  readonly valueAt: (row: number) => string | number;
}

const copyOptions: Readonly<Record<FileFormat, string>> = {
  csv: "FORMAT csv, HEADER true, DELIMITER ','",
  ndjson: 'FORMAT json',
  parquet: 'FORMAT parquet',
};

/** Rows per chunk: DuckDB's vector size. */
const CHUNK = 2048;

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
    await copyTo(columns, rowCount, `${sqlString(file)} (${copyOptions[format]})`);
    if (out === undefined) {
      await pipeline(createReadStream(file), stdout, { end: false });
    } else {
      await rename(file, out);
    }
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function copyTo(columns: readonly OutputColumn[], rowCount: number, target: string) {
  const instance = await DuckDBInstance.create(':memory:');
  try {
    const connection = await instance.connect();
    const types = columns.map(({ type }) => (type === 'string' ? VARCHAR : DOUBLE));
    const definitions = columns.map(({ name }, index) => `"${name}" ${types[index]}`);
    await connection.run(`CREATE TABLE rows (${definitions.join(', ')})`);
    const appender = await connection.createAppender('rows');
    for (let from = 0; from < rowCount; from += CHUNK) {
      const size = Math.min(CHUNK, rowCount - from);
      const chunk = DuckDBDataChunk.create(types);
      chunk.setColumns(
        columns.map(({ valueAt }) => Array.from({ length: size }, (_, row) => valueAt(from + row))),
      );
      appender.appendDataChunk(chunk);
    }
    appender.closeSync();
    await connection.run(`COPY rows TO ${target}`);
    connection.closeSync();
  } finally {
    instance.closeSync();
  }
}
