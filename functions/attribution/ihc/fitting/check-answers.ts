import type { ScoredJourneys } from './scored-journeys';

/** Of the journeys, up to so many may be incomplete: they are left out. */
const INCOMPLETE_AT_MOST = 0.05;

const SLACK = 1e-6;

/**
 * The journeys whose answers are whole: each phase sums to 1, or to 0 where nobody has value in it,
 * and ihc to 1, but for what `halfUnit`, half of the last decimal, may add or take in each session.
 * Other sums are no answers of an IHC service, or journeys that lack sessions or are mixed up.
 *
 * @returns codes of the whole journeys, or a sentence where more than one in twenty is not
 */
export function wholeJourneys(
  { journeys, answers }: ScoredJourneys,
  halfUnit: number,
): Uint32Array | string {
  const whole: number[] = [];
  for (let journey = 0; journey < journeys.journeyCount; journey += 1) {
    const from = journeys.offsets[journey] as number;
    const to = journeys.offsets[journey + 1] as number;
    const slack = (to - from) * halfUnit + SLACK;
    const sumsTo = (values: Float64Array, ...sums: readonly number[]) => {
      const sum = values.subarray(from, to).reduce((total, value) => total + value, 0);
      return sums.some((expected) => Math.abs(sum - expected) <= slack);
    };
    const phases = [answers.initializer, answers.holder, answers.closer];
    const hasNoValue = phases.every((values) => sumsTo(values, 0));
    if (phases.every((values) => sumsTo(values, 0, 1)) && sumsTo(answers.ihc, hasNoValue ? 0 : 1)) {
      whole.push(journey);
    }
  }
  const others = journeys.journeyCount - whole.length;
  return others > journeys.journeyCount * INCOMPLETE_AT_MOST
    ? `the answers of ${others} of ${journeys.journeyCount} journeys do not sum to 1 in each phase: give whole journeys with the answers of one IHC service, and the column request where a conversion was sent in several`
    : Uint32Array.from(whole);
}
