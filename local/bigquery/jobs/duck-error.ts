import { BigQueryError, type ErrorReason } from '../sql/errors';
import { readCsvError } from './csv-error';
import { inBigQuerysWords } from './runtime-sentences';

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
    inBigQuerysWords(kind, [text, ...rest.filter(isDetail)].join(' ').trim()),
  );
}

/** What Node says of texts and arrays beyond what it can hold. */
const TOO_LONG = /^(Cannot create a string longer|Invalid string length|Invalid array length)/;

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
