import { chooseByLiftTests } from './choose';
import type { LiftTest, ModelEffects } from './lift-test';

/** What the choice expects of each test when it has not seen it. */
export interface UnseenPredictions {
  readonly predicted: Float64Array;
  /** Standard errors of the predictions. */
  readonly errors: Float64Array;
}

/**
 * Chooses and draws to all tests but one, for each test in turn, and predicts that one: a choice can't
 * be judged by tests that it was drawn to (cross-validation by leaving one out, Stone 1974).
 *
 * @returns undefined with fewer than two tests: there is nothing to draw to without it
 */
export function predictUnseen(
  models: readonly ModelEffects[],
  tests: readonly LiftTest[],
): UnseenPredictions | undefined {
  if (tests.length < 2) return undefined;
  const predicted = new Float64Array(tests.length);
  const errors = new Float64Array(tests.length);
  tests.forEach((test, left) => {
    const others = models.map((model) => ({
      ...model,
      predicted: model.predicted.filter((_, index) => index !== left),
    }));
    const choice = chooseByLiftTests(
      others,
      tests.filter((_, index) => index !== left),
    );
    const model = models.find((one) => one.model === choice.model) as ModelEffects;
    const effect = choice.effects.find(({ channel }) => channel === test.channel);
    // The model's share of the channel that lies on the test's days, of what is now known of it.
    if (effect !== undefined && effect.modelConversions > 0) {
      const covered = (model.predicted[left] as number) / effect.modelConversions;
      predicted[left] = effect.conversions * covered;
      errors[left] = effect.standardError * covered;
    }
  });
  return { predicted, errors };
}
