import { centredLogLoss, meanLogOdds } from '../observation/log-loss';
import { binRows, cutsOf } from './bins';
import { type GrowOptions, growTree } from './grow-tree';
import { leafValue, type Tree } from './tree';

/** Rows of features, one after the other, with their outcomes (0 or 1) and weights. */
export interface Rows {
  readonly rowCount: number;
  readonly width: number;
  readonly features: Float64Array;
  readonly outcomes: Float64Array;
  readonly weights: Float64Array;
}

export interface BoostOptions extends GrowOptions {
  readonly maximumTrees: number;
  /** Rounds without a better loss on the stopping rows after which boosting ends. */
  readonly patience: number;
}

/** Rows that quantiles are taken from, at most: bins need no more. */
const CUT_ROWS = 10_000;

export interface Ensemble {
  /** Log-odds before any tree. */
  readonly start: number;
  readonly trees: readonly Tree[];
}

/**
 * Boosts trees on the logistic loss. With stopping rows, those trees are kept that had the least loss
 * on them; without, there are `maximumTrees`.
 */
export function boost(rows: Rows, options: BoostOptions, stopping?: Rows): Ensemble {
  const cuts = Array.from({ length: rows.width }, (_, feature) =>
    cutsOf(columnOf(rows, feature, Math.max(1, Math.ceil(rows.rowCount / CUT_ROWS)))),
  );
  const binned = binRows(rows.features, rows.rowCount, cuts);
  const start = meanLogOdds(rows.outcomes, rows.weights);
  const odds = new Float64Array(rows.rowCount).fill(start);
  const stoppingOdds = new Float64Array(stopping?.rowCount ?? 0).fill(start);
  const trees: Tree[] = [];
  let best = { loss: Number.POSITIVE_INFINITY, count: 0 };
  if (stopping !== undefined) {
    best = { loss: lossAt(stoppingOdds, stopping), count: 0 };
  }
  const gradient = new Float64Array(rows.rowCount);
  const curvature = new Float64Array(rows.rowCount);
  while (trees.length < options.maximumTrees) {
    for (let row = 0; row < rows.rowCount; row += 1) {
      const probability = 1 / (1 + Math.exp(-(odds[row] as number)));
      const weight = rows.weights[row] as number;
      gradient[row] = weight * (probability - (rows.outcomes[row] as number));
      curvature[row] = weight * probability * (1 - probability);
    }
    const derivatives = { gradient, curvature, weights: rows.weights };
    const tree = growTree(binned, cuts, derivatives, options, odds);
    trees.push(tree);
    if (stopping !== undefined) {
      for (let row = 0; row < stopping.rowCount; row += 1) {
        (stoppingOdds[row] as number) += leafValue(tree, stopping.features, row * stopping.width);
      }
      const loss = lossAt(stoppingOdds, stopping);
      if (loss < best.loss) {
        best = { loss, count: trees.length };
      } else if (trees.length - best.count >= options.patience) {
        break;
      }
    }
  }
  return { start, trees: stopping === undefined ? trees : trees.slice(0, best.count) };
}

export function rowOf(rows: Rows, row: number): Float64Array {
  return rows.features.subarray(row * rows.width, (row + 1) * rows.width);
}

/** A feature of every `step`-th row. */
function columnOf(
  { rowCount, width, features }: Rows,
  feature: number,
  step: number,
): Float64Array {
  const column = new Float64Array(Math.floor((rowCount - 1) / step) + 1);
  for (let index = 0; index < column.length; index += 1) {
    column[index] = features[index * step * width + feature] as number;
  }
  return column;
}

function lossAt(odds: Float64Array, { outcomes }: Rows): number {
  const probabilities = odds.map((value) => 1 / (1 + Math.exp(-value)));
  return centredLogLoss(probabilities, outcomes).logLoss;
}
