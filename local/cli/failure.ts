import { CommanderError } from 'commander';

/** Errors that carry a sentence for the user; anything else is a defect of ours. */
const EXPECTED = new Set([
  'UserError',
  'BigQueryError',
  'UnsupportedError',
  'WarehouseError',
  'ApiError',
]);

/** Prints an error as one sentence and sets the exit code; a defect keeps its stack. */
export function reportFailure(error: unknown): void {
  process.exitCode = 1;
  if (error instanceof CommanderError) return;
  if (error instanceof Error && EXPECTED.has(error.name)) {
    process.stderr.write(`Error: ${error.message}\n`);
    return;
  }
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`Unexpected error, please report it with these lines:\n${detail}\n`);
}
