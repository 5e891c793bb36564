/**
 * An error that a person can mend: its message is one sentence that says what is wrong,
 * where, and what to do. The command line prints it without a stack; a function answers it.
 */
export class UserError extends Error {
  override readonly name = 'UserError';
  /** The HTTP status that a function answers; 400 unless told. */
  readonly status: number;

  constructor(
    message: string,
    options: { readonly status?: number; readonly cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.status = options.status ?? 400;
  }
}

/** True across copies of this module (compiled and source side by side in tests). */
export function isUserError(error: unknown): error is UserError {
  return error instanceof Error && error.name === 'UserError';
}

/** The message of whatever was thrown; some libraries throw what is no Error. */
export function messageOf(error: unknown): string {
  if (error instanceof Error) return error.message;
  if (typeof error === 'object' && error !== null && 'message' in error) {
    return String(error.message);
  }
  return String(error);
}
