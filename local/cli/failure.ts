import { CommanderError } from 'commander';

/** Errors that carry a sentence for the user; anything else is a defect of ours. */
const EXPECTED = new Set([
  'UserError',
  'BigQueryError',
  'UnsupportedError',
  'WarehouseError',
  'ApiError',
]);

/**
 * What BigQuery refused, such as SQL that it can't read, comes as the client's error with the
 * reasons of the API. What failed inside is a defect.
 */
function isRefusal(error: Error): boolean {
  if (!('errors' in error) || !Array.isArray(error.errors)) return false;
  return (
    error.errors.length > 0 &&
    error.errors.every(({ reason }) => reason && reason !== 'internalError')
  );
}

/** Another command owned the local BigQuery, and ended while this one used it. */
function isLostConnection(error: unknown): boolean {
  return error instanceof Error && /socket hang up|ECONNRESET|ECONNREFUSED/.test(error.message);
}

const LOST_CONNECTION =
  'The local BigQuery stopped in the middle: another tributary command that had started it has ended; run this command again.';

/** Prints an error as one sentence and sets the exit code; a defect keeps its stack. */
export function reportFailure(error: unknown): void {
  process.exitCode = 1;
  if (error instanceof CommanderError) return;
  if (error instanceof Error && (EXPECTED.has(error.name) || isRefusal(error))) {
    process.stderr.write(`Error: ${error.message.replace(/[^.!?]$/, '$&.')}\n`);
    return;
  }
  if (isLostConnection(error)) {
    process.stderr.write(`Error: ${LOST_CONNECTION}\n`);
    return;
  }
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`Unexpected error, please report it with these lines:\n${detail}\n`);
}
