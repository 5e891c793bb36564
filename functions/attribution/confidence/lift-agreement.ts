import type { LiftTest, ModelEffects } from '../lift/lift-test';

export interface LiftAgreement {
  readonly channel: string;
  readonly status: 'agrees' | 'disagrees' | 'not validated';
  /** Tests of the channel. */
  readonly testCount: number;
  /** Distance of the model's prediction from the tests, in standard errors; null without a test. */
  readonly standardErrors: number | null;
}

/** Two standard errors: one in twenty tests disagrees with what is right. */
const AGREEMENT = 1.96;

/**
 * Whether a model's predicted incremental conversions lie within the tests' error, by channel. Several
 * tests of a channel are put together by their precision.
 *
 * @param scale what the model's totals are multiplied by first; 1 takes it at its word
 */
export function liftAgreement(
  { channels, predicted }: ModelEffects,
  tests: readonly LiftTest[],
  scale = 1,
): readonly LiftAgreement[] {
  return channels.map((channel) => {
    let weight = 0;
    let distance = 0;
    let testCount = 0;
    tests.forEach((test, index) => {
      if (test.channel === channel) {
        const precision = 1 / test.standardError ** 2;
        const expected = scale * (predicted[index] as number);
        weight += precision;
        distance += precision * (expected - test.incrementalConversions);
        testCount += 1;
      }
    });
    if (testCount === 0) {
      return { channel, status: 'not validated', testCount, standardErrors: null };
    }
    const standardErrors = distance / Math.sqrt(weight);
    const status = Math.abs(standardErrors) <= AGREEMENT ? 'agrees' : 'disagrees';
    return { channel, status, testCount, standardErrors };
  });
}
