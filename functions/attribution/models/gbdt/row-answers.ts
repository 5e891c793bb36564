import { placeOf } from '../observation/ranks';
import type { Tree } from './tree';

/** The splits of all trees that ask for one feature, by threshold. */
interface FeatureSplits {
  readonly thresholds: Float64Array;
  readonly trees: Int32Array;
  /** The split's bit in its tree's answers. */
  readonly bits: Int32Array;
}

/**
 * Reads a row's answers for all trees at once: bit i of a tree's says that the row goes left at the
 * i-th of its splits. A row hears what the first row heard, but for the splits that lie between the
 * two in a feature: rows are alike in most features, where the first one has no touches.
 *
 * @param splits of each tree, the nodes that split, in the order of their bits; at most 30
 */
export function answersReader(
  trees: readonly Tree[],
  splits: readonly Int32Array[],
): (row: Float64Array) => Int32Array {
  const answers = new Int32Array(trees.length);
  const ofFirst = new Int32Array(trees.length);
  let features: readonly FeatureSplits[] | undefined;
  let first: Float64Array = new Float64Array();
  let firstPlaces: readonly number[] = [];
  const readFirst = (row: Float64Array) => {
    features = Array.from(row, (_, feature) => splitsOf(trees, splits, feature));
    first = row.slice();
    firstPlaces = features.map(({ thresholds }, at) => placeOf(thresholds, first[at] as number));
    features.forEach(({ trees: asking, bits }, feature) => {
      // From its place on, thresholds are not below the value: the row goes left.
      for (let at = firstPlaces[feature] as number; at < bits.length; at += 1) {
        (ofFirst[asking[at] as number] as number) |= bits[at] as number;
      }
    });
    return features;
  };
  return (row) => {
    const all = features ?? readFirst(row);
    answers.set(ofFirst);
    for (let feature = 0; feature < all.length; feature += 1) {
      const value = row[feature] as number;
      if (value === first[feature]) continue;
      const { thresholds, trees: asking, bits } = all[feature] as FeatureSplits;
      const place = placeOf(thresholds, value);
      const firstPlace = firstPlaces[feature] as number;
      const to = Math.max(place, firstPlace);
      for (let at = Math.min(place, firstPlace); at < to; at += 1) {
        (answers[asking[at] as number] as number) ^= bits[at] as number;
      }
    }
    return answers;
  };
}

function splitsOf(
  trees: readonly Tree[],
  splits: readonly Int32Array[],
  feature: number,
): FeatureSplits {
  const own = trees.flatMap((tree, number) =>
    Array.from(splits[number] as Int32Array, (node, index) => ({ node, index })).flatMap(
      ({ node, index }) =>
        tree.feature[node] === feature
          ? [{ threshold: tree.threshold[node] as number, number, bit: 1 << index }]
          : [],
    ),
  );
  own.sort((a, b) => a.threshold - b.threshold);
  return {
    thresholds: Float64Array.from(own, ({ threshold }) => threshold),
    trees: Int32Array.from(own, ({ number }) => number),
    bits: Int32Array.from(own, ({ bit }) => bit),
  };
}
