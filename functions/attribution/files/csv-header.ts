import { open } from 'node:fs/promises';
import { UserError } from '../../shared/errors';

export interface CsvHeader {
  readonly names: readonly string[];
  readonly delimiter: ',' | ';' | '\t';
}

/** A header longer than this is no header. */
const HEADER_BYTES = 65_536;

/**
 * The first line of a CSV file. It is read here because DuckDB, left to find out for itself, says
 * of a broken line only that it could not guess the format.
 *
 * @throws UserError where the file is empty, or names a column twice or not at all
 */
export async function readCsvHeader(file: string): Promise<CsvHeader> {
  const handle = await open(file, 'r');
  let text: string;
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEADER_BYTES), 0, HEADER_BYTES, 0);
    text = buffer
      .subarray(0, bytesRead)
      .toString('utf8')
      .replace(/^\ufeff/, '');
  } finally {
    await handle.close();
  }
  const [line = ''] = text.split(/\r\n|\n|\r/, 1);
  if (line.trim() === '') {
    throw new UserError(`${file} has no header in its first line; write the column names there.`);
  }
  const delimiter = line.includes(',') ? ',' : line.includes(';') ? ';' : '\t';
  const names = splitFields(line, delimiter);
  const nameless = names.indexOf('');
  if (nameless >= 0) {
    throw new UserError(
      `${file} has no name for column ${nameless + 1} in its first line; give each column one.`,
    );
  }
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw new UserError(`${file} has the column ${twice} twice; give each its own name.`);
  }
  return { names, delimiter };
}

function splitFields(line: string, delimiter: string): string[] {
  const fields: string[] = [];
  let field = '';
  let isQuoted = false;
  for (let index = 0; index < line.length; index += 1) {
    const character = line[index] as string;
    if (character === '"' && isQuoted && line[index + 1] === '"') {
      field += '"';
      index += 1;
    } else if (character === '"') {
      isQuoted = !isQuoted;
    } else if (character === delimiter && !isQuoted) {
      fields.push(field.trim());
      field = '';
    } else {
      field += character;
    }
  }
  return [...fields, field.trim()];
}
