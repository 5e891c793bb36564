import { BigQueryError } from '../sql/errors';

/**
 * What is wrong with a CSV file, in one sentence, out of DuckDB's report with its settings and its
 * advice on options that a load job does not have; undefined for other messages.
 */
export function readCsvError(message: string): BigQueryError | undefined {
  if (message.includes('Error when sniffing file')) {
    return invalid('the columns of the CSV file cannot be detected: give a schema');
  }
  const line = /CSV Error on Line: (\d+)/.exec(message)?.[1];
  if (line === undefined) return undefined;
  const [, expected, found] =
    /Expected Number of Columns: (\d+) Found: (\d+)/.exec(message)?.map(Number) ?? [];
  if (expected !== undefined && found !== undefined) {
    const mend =
      found < expected
        ? 'set allowJaggedRows to take the missing ones as NULL'
        : 'set ignoreUnknownValues to leave out the others';
    return invalid(
      `line ${line} has ${values(found)}, the table takes ${expected}: correct the line, or ${mend}`,
    );
  }
  if (message.includes('unterminated quote')) {
    return invalid(`line ${line} has a quote that is not closed: correct the line, or set quote`);
  }
  if (message.includes('Invalid unicode')) {
    return invalid(
      `line ${line} is not UTF-8: convert the file, or set encoding to ISO-8859-1 where it is that`,
    );
  }
  if (message.includes('Maximum line size')) return invalid(`line ${line} is longer than 100 MB`);
  return invalid(`line ${line} cannot be read as CSV: correct the line`);
}

function values(count: number): string {
  return count === 1 ? '1 value' : `${count} values`;
}

function invalid(fault: string): BigQueryError {
  return new BigQueryError('invalid', `Error while reading data, error message: ${fault}`);
}
