/** What building journeys left out: the input rows, by reason. */
export interface CleaningReport {
  readonly missingTime: readonly number[];
  readonly missingChannel: readonly number[];
  readonly duplicate: readonly number[];
  readonly afterConversion: readonly number[];
  readonly beforeLookback: readonly number[];
}

export type MutableCleaningReport = { -readonly [Reason in keyof CleaningReport]: number[] };

const reasons: Readonly<Record<keyof CleaningReport, string>> = {
  missingTime: 'without a time',
  missingChannel: 'without a channel',
  duplicate: 'with a session id that the journey already has',
  afterConversion: 'after the conversion',
  beforeLookback: 'before the look-back window',
};

export function emptyCleaningReport(): MutableCleaningReport {
  return {
    missingTime: [],
    missingChannel: [],
    duplicate: [],
    afterConversion: [],
    beforeLookback: [],
  };
}

/** Counts by reason, for diagnostics. */
export function cleaningCounts(report: CleaningReport): Record<keyof CleaningReport, number> {
  return {
    missingTime: report.missingTime.length,
    missingChannel: report.missingChannel.length,
    duplicate: report.duplicate.length,
    afterConversion: report.afterConversion.length,
    beforeLookback: report.beforeLookback.length,
  };
}

/** One sentence on what was left out and why; empty where nothing was. */
export function describeCleaning(report: CleaningReport): string {
  const parts = (Object.keys(reasons) as (keyof CleaningReport)[])
    .filter((reason) => report[reason].length > 0)
    .map((reason) => `${report[reason].length} ${reasons[reason]}`);
  return parts.length === 0 ? '' : `Sessions left out: ${parts.join(', ')}.`;
}
