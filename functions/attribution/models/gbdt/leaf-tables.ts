import type { Tree } from './tree';

/**
 * What each leaf of a tree adds to the Shapley values of the features on its path. A leaf asks of each
 * of these features whether the row keeps to the path, and says the same to all rows that answer
 * alike: with k features there are 2^k patterns of answers, worked out once.
 */
export interface LeafTables {
  /** Leaf l has the features `features[leafStarts[l]]` to `features[leafStarts[l + 1]]` (excluded). */
  readonly leafStarts: Int32Array;
  readonly features: Int32Array;
  /**
   * A row's answers are bits, one per split: whether it goes left. Feature i (a place in `features`)
   * keeps to the path where the bits of its mask are those wanted.
   */
  readonly masks: Int32Array;
  readonly wanted: Int32Array;
  /** Of leaf l, pattern p (bit i: feature i keeps to the path), k values from `tableStarts[l] + p * k`. */
  readonly tableStarts: Int32Array;
  readonly table: Float64Array;
}

/** One feature of a path: its splits, and the share of rows that keep to the path where it is unknown. */
interface Step {
  readonly feature: number;
  readonly mask: number;
  readonly wanted: number;
  readonly zero: number;
}

/** Splits that a row's answers have bits for. */
export const MOST_SPLITS = 30;

/** @param splits the nodes that split, in the order of their bits; at most `MOST_SPLITS` */
export function leafTables(tree: Tree, splits: Int32Array): LeafTables {
  const leaves: { readonly steps: readonly Step[]; readonly value: number }[] = [];
  const visit = (node: number, steps: readonly Step[]): void => {
    if ((tree.feature[node] as number) < 0) {
      leaves.push({ steps, value: tree.value[node] as number });
      return;
    }
    const bit = splits.indexOf(node);
    visit(tree.left[node] as number, withCheck(tree, steps, node, bit, 1));
    visit(tree.right[node] as number, withCheck(tree, steps, node, bit, 0));
  };
  visit(0, []);
  const steps = leaves.flatMap((leaf) => leaf.steps);
  const tables = leaves.map((leaf) => tableOf(leaf.steps, leaf.value));
  return {
    leafStarts: startsOf(leaves.map((leaf) => leaf.steps.length)),
    features: Int32Array.from(steps, (step) => step.feature),
    masks: Int32Array.from(steps, (step) => step.mask),
    wanted: Int32Array.from(steps, (step) => step.wanted),
    tableStarts: startsOf(tables.map((table) => table.length)),
    table: Float64Array.from(tables.flat()),
  };
}

/** The path with one more split; a feature that came before is met again, not anew. */
function withCheck(
  tree: Tree,
  steps: readonly Step[],
  node: number,
  bit: number,
  isLeft: 0 | 1,
): Step[] {
  const feature = tree.feature[node] as number;
  const child = (isLeft ? tree.left[node] : tree.right[node]) as number;
  const share = (tree.cover[child] as number) / (tree.cover[node] as number);
  const known = steps.find((step) => step.feature === feature);
  const step: Step = {
    feature,
    mask: (known?.mask ?? 0) | (1 << bit),
    wanted: (known?.wanted ?? 0) | (isLeft << bit),
    zero: (known?.zero ?? 1) * share,
  };
  return known === undefined
    ? [...steps, step]
    : steps.map((other) => (other === known ? step : other));
}

/**
 * Shapley values of the leaf's features in the game of one leaf, by definition: over all subsets of
 * the others, with weights by size; a feature that is known is worth 1 or 0, an unknown one `zero`.
 */
function tableOf(steps: readonly Step[], value: number): number[] {
  const count = steps.length;
  const weights = subsetWeights(count);
  const table: number[] = [];
  for (let pattern = 0; pattern < 2 ** count; pattern += 1) {
    const one = (index: number) => (pattern >> index) & 1;
    steps.forEach(({ zero }, own) => {
      let sum = 0;
      for (let subset = 0; subset < 2 ** count; subset += 1) {
        if ((subset >> own) & 1) continue;
        let product = 1;
        let size = 0;
        steps.forEach((step, other) => {
          if (other === own) return;
          const isKnown = (subset >> other) & 1;
          size += isKnown;
          product *= isKnown ? one(other) : step.zero;
        });
        sum += (weights[size] as number) * product;
      }
      table.push(value * (one(own) - zero) * sum);
    });
  }
  return table;
}

/** s! (n - s - 1)! / n! for subsets of size s of n players less one. */
function subsetWeights(players: number): number[] {
  const weights: number[] = [];
  let weight = 1 / players;
  for (let size = 0; size < players; size += 1) {
    weights.push(weight);
    weight *= (size + 1) / Math.max(1, players - size - 1);
  }
  return weights;
}

function startsOf(lengths: readonly number[]): Int32Array {
  const starts = new Int32Array(lengths.length + 1);
  lengths.forEach((length, index) => {
    starts[index + 1] = (starts[index] as number) + length;
  });
  return starts;
}
