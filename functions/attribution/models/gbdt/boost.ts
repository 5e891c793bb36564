import { centredLogLoss, meanLogOdds } from '../observation/log-loss';
import { type BinnedRows, binRows, type Cuts, cutsOf } from './bins';
import { type Derivatives, type GrowOptions, growTree } from './grow-tree';
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
 * Trees on the logistic loss, grown as they are asked for: the first so many are the same, however
 * many follow.
 */
export class Booster {
  /** Log-odds before any tree. */
  readonly start: number;
  private readonly trees: Tree[] = [];
  private readonly cuts: readonly Cuts[];
  private readonly binned: BinnedRows;
  private readonly outcomes: Float64Array;
  private readonly derivatives: Derivatives;
  private readonly odds: Float64Array;

  constructor(
    rows: Rows,
    private readonly options: GrowOptions,
  ) {
    const { rowCount, width, outcomes, weights } = rows;
    const step = Math.max(1, Math.ceil(rowCount / CUT_ROWS));
    this.cuts = Array.from({ length: width }, (_, feature) =>
      cutsOf(columnOf(rows, feature, step)),
    );
    this.binned = binRows(rows.features, rowCount, this.cuts);
    this.start = meanLogOdds(outcomes, weights);
    this.outcomes = outcomes;
    this.odds = new Float64Array(rowCount).fill(this.start);
    const [gradient, curvature] = [new Float64Array(rowCount), new Float64Array(rowCount)];
    this.derivatives = { gradient, curvature, weights };
  }

  /** The first `count` trees. */
  ensemble(count: number): Ensemble {
    while (this.trees.length < count) this.grow();
    return { start: this.start, trees: this.trees.slice(0, count) };
  }

  /** Tree number `index`, from 0. */
  tree(index: number): Tree {
    while (this.trees.length <= index) this.grow();
    return this.trees[index] as Tree;
  }

  private grow(): void {
    const { gradient, curvature, weights } = this.derivatives;
    for (let row = 0; row < gradient.length; row += 1) {
      const probability = 1 / (1 + Math.exp(-(this.odds[row] as number)));
      const weight = weights[row] as number;
      gradient[row] = weight * (probability - (this.outcomes[row] as number));
      curvature[row] = weight * probability * (1 - probability);
    }
    this.trees.push(growTree(this.binned, this.cuts, this.derivatives, this.options, this.odds));
  }
}

/** As many trees as have the least loss on the stopping rows. */
export function boostUntil(booster: Booster, stopping: Rows, options: BoostOptions): Ensemble {
  const odds = new Float64Array(stopping.rowCount).fill(booster.start);
  let best = { loss: lossAt(odds, stopping), count: 0 };
  for (let count = 1; count <= options.maximumTrees; count += 1) {
    const tree = booster.tree(count - 1);
    for (let row = 0; row < stopping.rowCount; row += 1) {
      (odds[row] as number) += leafValue(tree, stopping.features, row * stopping.width);
    }
    const loss = lossAt(odds, stopping);
    if (loss < best.loss) best = { loss, count };
    else if (count - best.count >= options.patience) break;
  }
  return booster.ensemble(best.count);
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
