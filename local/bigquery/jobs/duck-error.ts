import { BigQueryError, type ErrorReason } from '../sql/errors';

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
  const [head = '', ...rest] = message.split('\n');
  const known = /^([A-Z][A-Za-z ]*) Error: (.*)$/s.exec(head);
  if (!known) return new BigQueryError('internalError', message);
  const [, kind = '', text = ''] = known;
  if (/^(Binder|Catalog|Parser|INTERNAL|Internal)$/.test(kind)) {
    // The analyzer accepted the statement, so what we compiled it to is at fault.
    return new BigQueryError('internalError', `${text} (${kind} error of the compiled SQL)`);
  }
  if (kind === 'Out of Memory') {
    return new BigQueryError(
      'resourcesExceeded',
      `Resources exceeded during query execution: ${text}`,
    );
  }
  return new BigQueryError(reason, [text, ...rest.filter(isDetail)].join(' ').trim());
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
