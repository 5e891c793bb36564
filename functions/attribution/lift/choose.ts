import { UserError } from '../../shared/errors';
import { checkLiftTests, type LiftTest, type ModelEffects } from './lift-test';
import { type ShrunkEffect, shrinkEffects } from './shrink';

/** How one model stands against the tests. */
export interface ModelFit {
  readonly model: string;
  /** What its totals are multiplied by to meet the tests: weighted least squares. */
  readonly scale: number;
  /** Sum of squared distances in standard errors, after scaling. */
  readonly chiSquare: number;
  readonly heldOutLogLoss?: number;
}

export interface LiftChoice {
  readonly model: string;
  /** All models, the best first. */
  readonly fits: readonly ModelFit[];
  /** By channel: what the chosen model says, scaled and drawn to the tests. */
  readonly effects: readonly ShrunkEffect[];
  /** Spread of true effects around the scaled model, relative to their size. */
  readonly relativeSpread: number;
  readonly reason: string;
}

/** Differences in chi-square below this (log-likelihoods within 1) are no difference. */
const TIE = 2;

/**
 * Picks the model whose predicted incremental conversions fit the tests best, each model at its own
 * best scale. Models that fit as well within what tests can tell are ranked by their loss on held-out
 * journeys, those that predict nothing last. Then the channels' effects are drawn to the tests.
 *
 * @throws UserError without tests or models, or for a test that cannot be used
 */
export function chooseByLiftTests(
  models: readonly ModelEffects[],
  tests: readonly LiftTest[],
): LiftChoice {
  const first = models[0];
  if (first === undefined || tests.length === 0) {
    throw new UserError(
      'Choosing a model by lift tests needs at least one model and one test; fill raw.lift_tests.',
    );
  }
  checkLiftTests(tests, first.channels);
  const fits = models.map((effects) => fitOf(effects, tests));
  const least = Math.min(...fits.map(({ chiSquare }) => chiSquare));
  const isTied = ({ chiSquare }: ModelFit) => chiSquare <= least + TIE;
  fits.sort(
    (a, b) =>
      Number(isTied(b)) - Number(isTied(a)) ||
      (isTied(a) ? lossOf(a) - lossOf(b) || 0 : 0) ||
      a.chiSquare - b.chiSquare ||
      (a.model < b.model ? -1 : 1),
  );
  const best = fits[0] as ModelFit;
  const effects = models.find(({ model }) => model === best.model) as ModelEffects;
  const { shrunk, relativeSpread } = shrinkEffects(effects, tests, best.scale);
  const tied = fits.filter(isTied).length;
  return {
    model: best.model,
    fits,
    effects: shrunk,
    relativeSpread,
    reason:
      tied === 1
        ? `${best.model} fits the ${tests.length} lift tests best.`
        : `${best.model} is the best on held-out journeys of ${tied} models that fit the ${tests.length} lift tests equally well.`,
  };
}

function lossOf({ heldOutLogLoss }: ModelFit): number {
  return heldOutLogLoss ?? Number.MAX_VALUE;
}

function fitOf({ model, predicted, heldOutLogLoss }: ModelEffects, tests: readonly LiftTest[]) {
  let product = 0;
  let square = 0;
  tests.forEach((test, index) => {
    const expected = predicted[index] as number;
    product += (expected * test.incrementalConversions) / test.standardError ** 2;
    square += expected ** 2 / test.standardError ** 2;
  });
  // A model cannot count for less than nothing: tests that find harm leave it a scale of 0.
  const scale = square > 0 ? Math.max(0, product / square) : 0;
  const chiSquare = tests.reduce((sum, test, index) => {
    const distance = test.incrementalConversions - scale * (predicted[index] as number);
    return sum + (distance / test.standardError) ** 2;
  }, 0);
  return { model, scale, chiSquare, ...(heldOutLogLoss === undefined ? {} : { heldOutLogLoss }) };
}
