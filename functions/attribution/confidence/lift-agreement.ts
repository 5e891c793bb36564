import { predictUnseen } from '../lift/leave-one-out';
import type { LiftTest, ModelEffects } from '../lift/lift-test';

export interface LiftAgreement {
  readonly channel: string;
  /** 'drawn to it': the model was made to meet its only test, which can't judge it. */
  readonly status: 'agrees' | 'disagrees' | 'not validated' | 'drawn to it';
  /** Tests of the channel. */
  readonly testCount: number;
  /** Distance of the model's prediction from the tests, in standard errors; null without one to judge by. */
  readonly standardErrors: number | null;
}

/** Two standard errors: one in twenty tests disagrees with what is right. */
const AGREEMENT = 1.96;

/**
 * Whether a model's predicted incremental conversions lie within the tests' error, by channel. Several
 * tests of a channel are put together by their precision.
 *
 * @param errors standard errors of the predictions, by test; absent: the model is taken at its word
 */
export function liftAgreement(
  { channels, predicted }: ModelEffects,
  tests: readonly LiftTest[],
  errors: Float64Array = new Float64Array(tests.length),
): readonly LiftAgreement[] {
  return channels.map((channel) => {
    let weight = 0;
    let distance = 0;
    let testCount = 0;
    tests.forEach((test, index) => {
      if (test.channel === channel) {
        const precision = 1 / (test.standardError ** 2 + (errors[index] as number) ** 2);
        const expected = predicted[index] as number;
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

/**
 * The same of what was chosen by the tests and drawn to them: each is compared with what the others
 * made of the model. With one test there are no others.
 */
export function chosenAgreement(
  models: readonly ModelEffects[],
  tests: readonly LiftTest[],
): readonly LiftAgreement[] {
  const [first] = models;
  if (first === undefined) return [];
  const unseen = predictUnseen(models, tests);
  if (unseen) return liftAgreement({ ...first, predicted: unseen.predicted }, tests, unseen.errors);
  return liftAgreement(first, tests).map((agreement) =>
    agreement.testCount === 0
      ? agreement
      : { ...agreement, status: 'drawn to it', standardErrors: null },
  );
}
