import type { RowDifference } from './compare-rows';

/** What one check of a case found wrong. */
export interface Finding {
  /** Where: 'after run 2', 'one more run without new input', ... */
  readonly step: string;
  /** One sentence, where no rows could be compared. */
  readonly message?: string;
  readonly key?: readonly string[];
  readonly differences?: readonly RowDifference[];
}

export interface CaseResult {
  readonly model: string;
  readonly case: string;
  readonly isPassed: boolean;
  /** What was checked: 'run 1', 'run 2', 'repeat', 'full refresh'. */
  readonly checks: readonly string[];
  readonly findings: readonly Finding[];
  readonly milliseconds: number;
}
