/** BigQuery's reasons, which its clients use to decide whether to try again. */
export type ErrorReason =
  | 'invalidQuery'
  | 'invalid'
  | 'notFound'
  | 'duplicate'
  | 'stopped'
  | 'accessDenied'
  | 'conditionNotMet'
  | 'bytesBilledLimitExceeded'
  | 'resourcesExceeded'
  | 'responseTooLarge'
  | 'backendError'
  | 'resourceInUse'
  | 'notImplemented'
  | 'internalError';

/** An error that is the statement's or the caller's, worded as one sentence with the mend. */
export class BigQueryError extends Error {
  override readonly name: string = 'BigQueryError';

  constructor(
    readonly reason: ErrorReason,
    /** The sentence without its place in the text. */
    readonly sentence: string,
    readonly location?: { readonly line: number; readonly column: number },
  ) {
    super(location ? `${sentence} at [${location.line}:${location.column}]` : sentence);
  }

  /** The same error at another place. */
  at(location: { readonly line: number; readonly column: number }): BigQueryError {
    return new BigQueryError(this.reason, this.sentence, location);
  }
}

/** A construct or function outside the proven list: refused by name, never guessed. */
export class UnsupportedError extends BigQueryError {
  override readonly name = 'UnsupportedError';

  constructor(
    /** The construct as a user would name it. */
    readonly what: string,
    location?: { readonly line: number; readonly column: number },
  ) {
    super('invalidQuery', `The local BigQuery does not support ${what}`, location);
  }

  override at(location: { readonly line: number; readonly column: number }): UnsupportedError {
    return new UnsupportedError(this.what, location);
  }
}
