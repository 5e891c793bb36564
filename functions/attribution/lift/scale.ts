/** What one test, or all tests of a channel, say of a model: both in conversions, before scaling. */
export interface Comparison {
  /** What the model says. */
  readonly model: number;
  /** What was measured. */
  readonly value: number;
  /** Standard error of the distance between the two. */
  readonly error: number;
}

export interface Scale {
  readonly scale: number;
  /** Of the scale's logarithm; a tenth is 10% of the scale. */
  readonly logError: number;
}

/**
 * Spread of log scale before any test: two models of three are right in total within a factor of 2.
 * It is what tests that say nothing leave the model with, and keeps the scale above 0.
 */
const PRIOR_SPREAD = Math.LN2;
const GRID_STEP = 0.1;
const LOWEST = -8;
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/**
 * What a model's totals are multiplied by to meet what was measured, with a log-normal prior around
 * 1: the maximum of the posterior of log scale, and its error by the curvature there (Gauss and
 * Newton). Sure measurements outweigh the prior, vague ones leave the scale at 1.
 */
export function fitScale(comparisons: readonly Comparison[]): Scale {
  const cost = (log: number) => distances(comparisons, Math.exp(log)) + (log / PRIOR_SPREAD) ** 2;
  const most = Math.max(1, ...comparisons.map(({ model, value }) => value / model || 0));
  const highest = Math.min(100, Math.log(most)) + 1;
  // Tests that find harm make the cost flat in places: the lowest point of a grid, then a line search.
  let best = 0;
  for (let log = LOWEST; log <= highest; log += GRID_STEP) {
    if (cost(log) < cost(best)) best = log;
  }
  const log = lowest(cost, best - GRID_STEP, best + GRID_STEP);
  const scale = Math.exp(log);
  const information = comparisons.reduce(
    (sum, { model, error }) => sum + ((scale * model) / error) ** 2,
    1 / PRIOR_SPREAD ** 2,
  );
  return { scale, logError: 1 / Math.sqrt(information) };
}

/** Chi-square at a scale. */
export function distances(comparisons: readonly Comparison[], scale: number): number {
  return comparisons.reduce(
    (sum, { model, value, error }) => sum + ((value - scale * model) / error) ** 2,
    0,
  );
}

/** Golden section. */
function lowest(cost: (at: number) => number, from: number, to: number): number {
  let [low, high] = [from, to];
  for (let turn = 0; turn < 40; turn += 1) {
    const left = high - GOLDEN * (high - low);
    const right = low + GOLDEN * (high - low);
    if (cost(left) <= cost(right)) high = right;
    else low = left;
  }
  return (low + high) / 2;
}
