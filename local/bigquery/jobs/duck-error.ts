import { BigQueryError, type ErrorReason } from '../sql/errors';
import { readCsvError } from './csv-error';

/**
 * What a job reports for anything thrown while it ran: statement errors as they are, DuckDB's
 * messages without their class and their excerpt of the compiled SQL.
 */
export function toBigQueryError(
  error: unknown,
  reason: ErrorReason = 'invalidQuery',
): BigQueryError {
  if (error instanceof BigQueryError) return error;
  const message = messageOf(error);
  if (message.startsWith('INTERRUPT Error')) {
    return new BigQueryError('stopped', 'Job execution was cancelled: User requested cancellation');
  }
  const csv = readCsvError(message);
  if (csv) return csv;
  if (TOO_LONG.test(message)) {
    return new BigQueryError(
      'resourcesExceeded',
      'Resources exceeded during query execution: a value is longer than 512 MB; make it shorter, or keep its parts in rows',
    );
  }
  const [head = '', ...rest] = message.split('\n');
  const known = /^([A-Z][A-Za-z ]*) Error: (.*)$/s.exec(head);
  if (!known) return new BigQueryError('internalError', message);
  const [, kind = '', text = ''] = known;
  if (text.startsWith('LIMIT/OFFSET cannot be negative')) {
    // A parameter's value, which DuckDB looks at when it binds.
    return new BigQueryError('invalidQuery', 'Limit requires non-negative count and offset');
  }
  if (/^(Binder|Catalog|Parser|INTERNAL|Internal|Not implemented)$/.test(kind)) {
    // The analyzer accepted the statement, so what we compiled it to is at fault. Clients would
    // repeat an internalError, and meet it again.
    const sentence = `The local BigQuery cannot run this statement; please report it: ${text}`;
    return new BigQueryError('invalidQuery', sentence);
  }
  if (kind === 'Out of Memory') {
    return new BigQueryError(
      'resourcesExceeded',
      `Resources exceeded during query execution: ${text}`,
    );
  }
  return new BigQueryError(
    reason,
    inBigQuerysWords([text, ...rest.filter(isDetail)].join(' ').trim()),
  );
}

/** What Node says of texts and arrays beyond what it can hold. */
const TOO_LONG = /^(Cannot create a string longer|Invalid string length|Invalid array length)/;

/** What DuckDB says at run time of queries that are valid, and what BigQuery says of them. */
const SENTENCES: readonly (readonly [RegExp, string])[] = [
  [
    /^More than one row returned by a subquery.*/s,
    'Scalar subquery produced more than one element',
  ],
  [/^Overflow in \w+ of INT64 \((.*)\)!$/s, 'int64 overflow: $1'],
  [/^Overflow on abs\((.*)\)$/s, 'int64 overflow: ABS($1)'],
  [/^Unknown TimeZone '([^']*)'!.*/s, 'Invalid time zone: $1'],
  [
    /^Type DOUBLE with value (\S+) can't be cast .*$/s,
    'Illegal conversion of FLOAT64 $1: out of range',
  ],
  [/^Type \w+ with value (\S+) can't be cast .*INT64.*$/s, 'int64 overflow: $1'],
];

function inBigQuerysWords(text: string): string {
  const known = SENTENCES.find(([pattern]) => pattern.test(text));
  return known ? text.replace(known[0], known[1]) : text;
}

/** Errors of native code are no instances of this realm's Error where tests run in realms. */
function messageOf(error: unknown): string {
  const message = (error as { message?: unknown } | null | undefined)?.message;
  const text = typeof message === 'string' ? message : String(error);
  return text.replace(/"[^"]*\/uploads\/[0-9a-f-]{36}"/g, 'the file');
}

/** Lines that belong to the message; 'LINE 1: ...' and its caret show compiled SQL. */
function isDetail(line: string): boolean {
  return line.trim() !== '' && !/^(LINE \d+:|\s*\^)/.test(line);
}
