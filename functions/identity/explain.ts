import { probabilityOf } from './log-odds';

/** One step from the prior to the verdict on a pair. */
export interface ExplanationStep {
  /** "prior" or the name of the comparison. */
  readonly name: string;
  /** The level of agreement; "missing" where a side has no value, "says_nothing" where both have one and it is silent. */
  readonly level: string;
  readonly left: string | null;
  readonly right: string | null;
  /** Log2 odds that the step adds. */
  readonly weight: number;
  /** Log2 odds after it. */
  readonly sum: number;
}

export interface Explanation {
  readonly steps: readonly ExplanationStep[];
  readonly weight: number;
  readonly probability: number;
}

/** Adds up the waterfall of a pair. */
export function explainPair(
  prior: number,
  comparisons: readonly Omit<ExplanationStep, 'sum'>[],
): Explanation {
  const first = { name: 'prior', level: '', left: null, right: null, weight: prior, sum: prior };
  const steps: ExplanationStep[] = [first];
  let sum = prior;
  for (const comparison of comparisons) {
    sum += comparison.weight;
    steps.push({ ...comparison, sum });
  }
  return { steps, weight: sum, probability: probabilityOf(sum) };
}
