import { UserError } from '../../shared/errors';
import { checkLiftTests, type LiftTest, type ModelEffects } from './lift-test';
import { distances, fitScale } from './scale';
import { type ShrunkEffect, shrinkEffects } from './shrink';

/** How one model stands against the tests. */
export interface ModelFit {
  readonly model: string;
  /** What its totals are multiplied by to meet the tests, by `fitScale`. */
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
  /** What the chosen model's totals are multiplied by where no test speaks. */
  readonly scale: number;
  /** One sentence: what decided. */
  readonly reason: string;
  /** One sentence where tests contradict each other or the model. */
  readonly warning?: string;
}

/** Differences in chi-square below this (log-likelihoods within 1) are no difference. */
const TIE = 2;

/**
 * Picks the model whose predicted incremental conversions fit the tests best, each model at its own
 * best scale. Models that fit as well within what tests can tell are ranked by their loss on held-out
 * journeys, those without one after them by chi-square. Then the channels' effects are drawn to the
 * tests.
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
  const lossOf = (fit: ModelFit) =>
    isTied(fit) ? (fit.heldOutLogLoss ?? Number.MAX_VALUE) : Number.MAX_VALUE;
  fits.sort(
    (a, b) =>
      Number(isTied(b)) - Number(isTied(a)) ||
      lossOf(a) - lossOf(b) ||
      a.chiSquare - b.chiSquare ||
      (a.model < b.model ? -1 : 1),
  );
  const best = fits[0] as ModelFit;
  const effects = models.find(({ model }) => model === best.model) as ModelEffects;
  const { shrunk, ...rest } = shrinkEffects(effects, tests);
  return {
    model: best.model,
    fits,
    effects: shrunk,
    ...rest,
    reason: reasonOf(fits, fits.filter(isTied).length, tests.length),
  };
}

function fitOf(effects: ModelEffects, tests: readonly LiftTest[]): ModelFit {
  const { model, predicted, heldOutLogLoss } = effects;
  const comparisons = tests.map(({ incrementalConversions, standardError }, index) => ({
    model: predicted[index] as number,
    value: incrementalConversions,
    error: standardError,
  }));
  const { scale } = fitScale(comparisons);
  const chiSquare = distances(comparisons, scale);
  return { model, scale, chiSquare, ...(heldOutLogLoss === undefined ? {} : { heldOutLogLoss }) };
}

/** What decided, as one sentence. */
function reasonOf(fits: readonly ModelFit[], tied: number, testCount: number): string {
  const [best, second] = fits as [ModelFit, ModelFit | undefined];
  const tests = testCount === 1 ? 'the lift test' : `the ${testCount} lift tests`;
  if (tied === 1) {
    return `${best.model} fits ${tests} best.`;
  }
  const alike = `of ${tied} models that fit ${tests} equally well`;
  if (best.heldOutLogLoss !== undefined) {
    return fits.filter(({ heldOutLogLoss }, index) => index < tied && heldOutLogLoss !== undefined)
      .length > 1
      ? `${best.model} is the best on held-out journeys ${alike}.`
      : `${best.model} is the only one with a held-out fit ${alike}.`;
  }
  const nobody = 'none of which is known to predict held-out journeys';
  return second !== undefined && best.chiSquare < second.chiSquare
    ? `${best.model} is the nearest to the tests ${alike}, ${nobody}.`
    : `${best.model} is the first by name ${alike} and cannot be told apart, ${nobody}.`;
}
