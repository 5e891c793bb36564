import { type BinnedRows, type Cuts, SLOTS } from './bins';
import { emptyTree, type Tree } from './tree';

export interface GrowOptions {
  readonly depth: number;
  /** Ridge on leaf values. */
  readonly ridge: number;
  /** Smallest sum of second derivatives in a child. */
  readonly minimumCurvature: number;
  readonly learningRate: number;
}

export interface Derivatives {
  /** First and second derivative of the loss by each row's log-odds, weighted. */
  readonly gradient: Float64Array;
  readonly curvature: Float64Array;
  readonly weights: Float64Array;
}

interface Split {
  readonly gain: number;
  readonly feature: number;
  readonly bin: number;
}

/** Sums by feature and bin: gradient and curvature take turns. */
type Histogram = Float64Array;

/**
 * Grows one tree by the histogram method with second order gains (Chen and Guestrin 2016). The
 * histogram of the larger child is its parent's less its sibling's. Adds to `odds` what each row's
 * leaf says.
 */
export function growTree(
  rows: BinnedRows,
  cuts: readonly Cuts[],
  derivatives: Derivatives,
  options: GrowOptions,
  odds: Float64Array,
): Tree {
  const tree = emptyTree();
  const order = new Uint32Array(rows.rowCount);
  for (let row = 0; row < order.length; row += 1) order[row] = row;
  const spare = new Uint32Array(rows.rowCount);

  const addNode = (feature: number, threshold: number): number => {
    tree.left.push(-1);
    tree.right.push(-1);
    tree.value.push(0);
    tree.cover.push(0);
    tree.threshold.push(threshold);
    return tree.feature.push(feature) - 1;
  };

  const addLeaf = (from: number, to: number): number => {
    const node = addNode(-1, 0);
    let gradient = 0;
    let curvature = 0;
    let cover = 0;
    for (let index = from; index < to; index += 1) {
      const row = order[index] as number;
      gradient += derivatives.gradient[row] as number;
      curvature += derivatives.curvature[row] as number;
      cover += derivatives.weights[row] as number;
    }
    const value = (-options.learningRate * gradient) / (curvature + options.ridge);
    for (let index = from; index < to; index += 1) {
      (odds[order[index] as number] as number) += value;
    }
    tree.value[node] = value;
    tree.cover[node] = cover;
    return node;
  };

  const grow = (from: number, to: number, depth: number, histogram: Histogram): number => {
    const split = bestSplit(histogram, rows, options);
    if (split === undefined) return addLeaf(from, to);
    const { feature, bin } = split;
    const node = addNode(feature, cuts[feature]?.[bin] as number);
    const column = rows.columns[feature] as Uint8Array;
    const middle = partition(column, bin, order, spare, from, to);
    let left: number;
    let right: number;
    if (depth + 1 >= options.depth) {
      left = addLeaf(from, middle);
      right = addLeaf(middle, to);
    } else {
      const isLeftSmaller = middle - from <= to - middle;
      const smaller = isLeftSmaller
        ? fillHistogram(rows, derivatives, order, from, middle)
        : fillHistogram(rows, derivatives, order, middle, to);
      const larger = lessThan(histogram, smaller);
      left = grow(from, middle, depth + 1, isLeftSmaller ? smaller : larger);
      right = grow(middle, to, depth + 1, isLeftSmaller ? larger : smaller);
    }
    tree.left[node] = left;
    tree.right[node] = right;
    tree.cover[node] = (tree.cover[left] as number) + (tree.cover[right] as number);
    return node;
  };

  if (options.depth < 1) addLeaf(0, order.length);
  else grow(0, order.length, 0, fillHistogram(rows, derivatives, order, 0, order.length));
  return tree;
}

function lessThan(histogram: Histogram, part: Histogram): Histogram {
  const rest = new Float64Array(histogram.length);
  for (let slot = 0; slot < rest.length; slot += 1) {
    rest[slot] = (histogram[slot] as number) - (part[slot] as number);
  }
  return rest;
}

/**
 * The unusual bins of each row are added up one by one; the usual bin of a feature has what the
 * others leave of all.
 */
function fillHistogram(
  { offsets, slots, usualBins }: BinnedRows,
  { gradient, curvature }: Derivatives,
  order: Uint32Array,
  from: number,
  to: number,
): Histogram {
  const histogram = new Float64Array(usualBins.length * SLOTS * 2);
  let allGradient = 0;
  let allCurvature = 0;
  for (let index = from; index < to; index += 1) {
    const row = order[index] as number;
    const rowGradient = gradient[row] as number;
    const rowCurvature = curvature[row] as number;
    allGradient += rowGradient;
    allCurvature += rowCurvature;
    const end = offsets[row + 1] as number;
    for (let at = offsets[row] as number; at < end; at += 1) {
      const slot = 2 * (slots[at] as number);
      histogram[slot] = (histogram[slot] as number) + rowGradient;
      histogram[slot + 1] = (histogram[slot + 1] as number) + rowCurvature;
    }
  }
  for (let feature = 0; feature < usualBins.length; feature += 1) {
    const start = feature * SLOTS * 2;
    let restGradient = allGradient;
    let restCurvature = allCurvature;
    for (let slot = start; slot < start + 2 * SLOTS; slot += 2) {
      restGradient -= histogram[slot] as number;
      restCurvature -= histogram[slot + 1] as number;
    }
    const usual = start + 2 * (usualBins[feature] as number);
    histogram[usual] = restGradient;
    histogram[usual + 1] = restCurvature;
  }
  return histogram;
}

/** Every row is in one bin of the first feature. */
function sums(histogram: Histogram): { gradient: number; curvature: number } {
  let gradient = 0;
  let curvature = 0;
  for (let slot = 0; slot < SLOTS * 2; slot += 2) {
    gradient += histogram[slot] as number;
    curvature += histogram[slot + 1] as number;
  }
  return { gradient, curvature };
}

function bestSplit(
  histogram: Histogram,
  rows: BinnedRows,
  options: GrowOptions,
): Split | undefined {
  const total = sums(histogram);
  const quality = (gradient: number, curvature: number) =>
    gradient ** 2 / (curvature + options.ridge);
  const whole = quality(total.gradient, total.curvature);
  let best: Split | undefined;
  for (let feature = 0; feature < rows.columns.length; feature += 1) {
    let gradient = 0;
    let curvature = 0;
    for (let bin = 0; bin + 1 < (rows.binCounts[feature] as number); bin += 1) {
      const slot = (feature * SLOTS + bin) * 2;
      gradient += histogram[slot] as number;
      curvature += histogram[slot + 1] as number;
      const rest = total.curvature - curvature;
      if (curvature >= options.minimumCurvature && rest >= options.minimumCurvature) {
        const gain =
          quality(gradient, curvature) + quality(total.gradient - gradient, rest) - whole;
        if (gain > (best?.gain ?? 1e-9)) {
          best = { gain, feature, bin };
        }
      }
    }
  }
  return best;
}

/** Stable: rows up to the bin first. Answers where the others begin. */
function partition(
  column: Uint8Array,
  bin: number,
  order: Uint32Array,
  spare: Uint32Array,
  from: number,
  to: number,
): number {
  let left = from;
  let right = 0;
  for (let index = from; index < to; index += 1) {
    const row = order[index] as number;
    if ((column[row] as number) <= bin) {
      order[left] = row;
      left += 1;
    } else {
      spare[right] = row;
      right += 1;
    }
  }
  order.set(spare.subarray(0, right), left);
  return left;
}
