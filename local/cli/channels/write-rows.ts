import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { messageOf, UserError } from '@tributary/functions/shared/errors';
import { csvLine } from '../output';

export type OutputFormat = 'csv' | 'ndjson' | 'json';

type OutputRow = Readonly<Record<string, unknown>>;

/** Rows that leave for a file or for stdout as they come. */
export interface RowWriter {
  write(rows: readonly OutputRow[]): Promise<void>;
  close(): Promise<void>;
}

/** @throws UserError where the file's ending is none that can be written */
export function formatOfFile(file: string): OutputFormat {
  const ending = /\.([a-z]+)$/i.exec(file)?.[1]?.toLowerCase() ?? '';
  if (ending === 'csv' || ending === 'json') return ending;
  if (ending === 'ndjson' || ending === 'jsonl') return 'ndjson';
  throw new UserError(`${file} can't be written: its name must end in .csv, .ndjson or .json.`);
}

/**
 * @param file undefined for stdout
 * @param columns the header of CSV, and the order of what is written
 * @throws UserError while writing, where the file can't be written
 */
export function createRowWriter(
  file: string | undefined,
  format: OutputFormat,
  columns: readonly string[],
): RowWriter {
  const stream = file === undefined ? process.stdout : createWriteStream(file);
  let failure: Error | undefined;
  stream.on('error', (error: Error) => {
    failure = error;
  });
  let count = 0;
  const send = async (text: string): Promise<void> => {
    if (!failure && text !== '' && !stream.write(text)) {
      await Promise.race([once(stream, 'drain'), once(stream, 'close')]).catch(() => undefined);
    }
    if (failure) throw refusal(file, failure);
  };
  const start = format === 'csv' ? `${csvLine(columns)}\n` : format === 'json' ? '[' : '';
  const one = (row: OutputRow): string => {
    if (format === 'csv') return `${csvLine(columns.map((name) => row[name]))}\n`;
    const ordered = JSON.stringify(Object.fromEntries(columns.map((name) => [name, row[name]])));
    if (format === 'ndjson') return `${ordered}\n`;
    return `${count === 0 ? '\n' : ',\n'}  ${ordered}`;
  };
  let isStarted = false;
  const begin = async (): Promise<void> => {
    if (!isStarted) await send(start);
    isStarted = true;
  };
  return {
    async write(rows) {
      await begin();
      let text = '';
      for (const row of rows) {
        text += one(row);
        count += 1;
      }
      await send(text);
    },
    async close() {
      await begin();
      if (format === 'json') await send(count === 0 ? ']\n' : '\n]\n');
      if (file === undefined) return;
      stream.end();
      await finished(stream).catch((error: Error) => {
        throw refusal(file, error);
      });
    },
  };
}

function refusal(file: string | undefined, error: Error): UserError {
  return new UserError(`${file ?? 'stdout'} can't be written: ${messageOf(error)}.`);
}
