import type { Scores } from '../score';

/** Further decimals are those of floating point, not of an answer. */
const DECIMALS_AT_MOST = 6;
const TOLERANCE = 1e-9;

/** How many decimals answers have, 1 to 6: the fewest that write all of them. */
export function decimalsOf(answers: Scores): number {
  let decimals = 1;
  for (const values of [answers.initializer, answers.holder, answers.closer, answers.ihc]) {
    for (let index = 0; index < values.length && decimals < DECIMALS_AT_MOST; index += 1) {
      while (decimals < DECIMALS_AT_MOST && !isWhole((values[index] as number) * 10 ** decimals)) {
        decimals += 1;
      }
    }
  }
  return decimals;
}

function isWhole(value: number): boolean {
  return Math.abs(value - Math.round(value)) < TOLERANCE * Math.max(1, Math.abs(value));
}

/** Below half of the last decimal a value may be 0. */
export function halfUnit(decimals: number): number {
  return 0.5 / 10 ** decimals;
}

/** Standard deviation of what rounding took or gave: a unit over the root of 12. */
export function roundingDeviation(decimals: number): number {
  return 1 / (10 ** decimals * Math.sqrt(12));
}
