import type { GoesLeft, Tree } from './tree';

/**
 * The features met on the way to a node, each once, with the share of rows that would come here if
 * the feature were not known (`zero`) and if it were (`one`), and the weights of subsets by size.
 */
interface Path {
  readonly feature: Int32Array;
  readonly zero: Float64Array;
  readonly one: Float64Array;
  readonly weight: Float64Array;
  length: number;
}

/**
 * Exact Shapley values of one row's features for one tree, added to `contributions`: TreeSHAP,
 * Lundberg, Erion and Lee 2018, "Consistent individualized feature attribution for tree
 * ensembles", algorithm 2. A feature that is not known sends rows to both children, as the training
 * rows went. Contributions and the tree's mean value add up to what the tree says of the row.
 */
export function addTreeShap(tree: Tree, goesLeft: GoesLeft, contributions: Float64Array): void {
  visit(tree, goesLeft, contributions, 0, emptyPath(2), 1, 1, -1);
}

/** What the tree says when nothing is known. */
export function meanValue(tree: Tree, node = 0): number {
  if ((tree.feature[node] as number) < 0) {
    return tree.value[node] as number;
  }
  const left = tree.left[node] as number;
  const right = tree.right[node] as number;
  return (
    share(tree, node, left) * meanValue(tree, left) +
    share(tree, node, right) * meanValue(tree, right)
  );
}

function share(tree: Tree, node: number, child: number): number {
  return (tree.cover[child] as number) / (tree.cover[node] as number);
}

function visit(
  tree: Tree,
  goesLeft: GoesLeft,
  contributions: Float64Array,
  node: number,
  parent: Path,
  zero: number,
  one: number,
  feature: number,
): void {
  const path = extended(parent, zero, one, feature);
  const split = tree.feature[node] as number;
  if (split < 0) {
    for (let index = 1; index < path.length; index += 1) {
      const change = (path.one[index] as number) - (path.zero[index] as number);
      (contributions[path.feature[index] as number] as number) +=
        unwoundSum(path, index) * change * (tree.value[node] as number);
    }
    return;
  }
  const left = tree.left[node] as number;
  const right = tree.right[node] as number;
  const isLeft = goesLeft(node);
  let knownZero = 1;
  let knownOne = 1;
  const known = path.feature.subarray(0, path.length).indexOf(split, 1);
  if (known > 0) {
    knownZero = path.zero[known] as number;
    knownOne = path.one[known] as number;
    unwind(path, known);
  }
  for (const child of [left, right]) {
    const isTaken = (child === left) === isLeft;
    const childZero = knownZero * share(tree, node, child);
    visit(tree, goesLeft, contributions, child, path, childZero, isTaken ? knownOne : 0, split);
  }
}

function emptyPath(capacity: number): Path {
  return {
    feature: new Int32Array(capacity),
    zero: new Float64Array(capacity),
    one: new Float64Array(capacity),
    weight: new Float64Array(capacity),
    length: 0,
  };
}

/** The path with one more feature; subsets of each size with and without it. */
function extended(parent: Path, zero: number, one: number, feature: number): Path {
  const path = emptyPath(parent.length + 2);
  path.feature.set(parent.feature.subarray(0, parent.length));
  path.zero.set(parent.zero.subarray(0, parent.length));
  path.one.set(parent.one.subarray(0, parent.length));
  path.weight.set(parent.weight.subarray(0, parent.length));
  const last = parent.length;
  path.length = last + 1;
  path.feature[last] = feature;
  path.zero[last] = zero;
  path.one[last] = one;
  path.weight[last] = last === 0 ? 1 : 0;
  for (let size = last - 1; size >= 0; size -= 1) {
    const weight = path.weight[size] as number;
    (path.weight[size + 1] as number) += (one * weight * (size + 1)) / (last + 1);
    path.weight[size] = (zero * weight * (last - size)) / (last + 1);
  }
  return path;
}

/** Takes the feature at `index` out again. */
function unwind(path: Path, index: number): void {
  const last = path.length - 1;
  const one = path.one[index] as number;
  const zero = path.zero[index] as number;
  let next = path.weight[last] as number;
  for (let size = last - 1; size >= 0; size -= 1) {
    const weight = path.weight[size] as number;
    if (one !== 0) {
      const unwound = (next * (last + 1)) / ((size + 1) * one);
      path.weight[size] = unwound;
      next = weight - (unwound * zero * (last - size)) / (last + 1);
    } else {
      path.weight[size] = (weight * (last + 1)) / (zero * (last - size));
    }
  }
  for (let at = index; at < last; at += 1) {
    path.feature[at] = path.feature[at + 1] as number;
    path.zero[at] = path.zero[at + 1] as number;
    path.one[at] = path.one[at + 1] as number;
  }
  path.length = last;
}

/** Sum of the weights that would be left if the feature at `index` were taken out. */
function unwoundSum(path: Path, index: number): number {
  const last = path.length - 1;
  const one = path.one[index] as number;
  const zero = path.zero[index] as number;
  let next = path.weight[last] as number;
  let total = 0;
  for (let size = last - 1; size >= 0; size -= 1) {
    const weight = path.weight[size] as number;
    if (one !== 0) {
      const unwound = (next * (last + 1)) / ((size + 1) * one);
      total += unwound;
      next = weight - (unwound * zero * (last - size)) / (last + 1);
    } else {
      total += (weight * (last + 1)) / (zero * (last - size));
    }
  }
  return total;
}
