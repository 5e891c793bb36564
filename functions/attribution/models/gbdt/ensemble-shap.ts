import type { Ensemble } from './boost';
import { leafTables, MOST_SPLITS } from './leaf-tables';
import type { Tree } from './tree';
import { addTreeShap } from './tree-shap';

/**
 * Shapley values of an ensemble, as `addTreeShap` gives them tree by tree, from tables by leaf: a row
 * costs its comparisons and a few additions per leaf.
 */
export function ensembleShap({
  trees,
}: Ensemble): (features: Float64Array, contributions: Float64Array) => void {
  const readers = trees.map(treeReader);
  return (features, contributions) => {
    contributions.fill(0);
    for (const read of readers) {
      read(features, contributions);
    }
  };
}

/** Of a tree; rows differ in few of its splits, so that fewer occur. */
const MOST_ANSWERS = 20_000;

type TreeReader = (row: Float64Array, contributions: Float64Array) => void;

function treeReader(tree: Tree): TreeReader {
  const splits = Int32Array.from(
    tree.feature.flatMap((feature, node) => (feature >= 0 ? [node] : [])),
  );
  const splitFeatures = splits.map((node) => tree.feature[node] as number);
  const thresholds = Float64Array.from(splits, (node) => tree.threshold[node] as number);
  if (splits.length > MOST_SPLITS) {
    return (row, contributions) => {
      const goesLeft = (node: number) =>
        (row[tree.feature[node] as number] as number) <= (tree.threshold[node] as number);
      addTreeShap(tree, goesLeft, contributions);
    };
  }
  const answered = treeAnswers(tree, splits);
  return (row, contributions) => {
    let answers = 0;
    for (let split = 0; split < splits.length; split += 1) {
      const value = row[splitFeatures[split] as number] as number;
      if (value <= (thresholds[split] as number)) answers |= 1 << split;
    }
    const { features, valuesOf } = answered;
    const values = valuesOf(answers);
    for (let index = 0; index < features.length; index += 1) {
      const feature = features[index] as number;
      contributions[feature] = (contributions[feature] as number) + (values[index] as number);
    }
  };
}

/** The features of a tree, and their values for a row's answers: added up over leaves once for each. */
function treeAnswers(tree: Tree, splits: Int32Array) {
  const {
    leafStarts,
    features: leafFeatures,
    masks,
    wanted,
    tableStarts,
    table,
  } = leafTables(tree, splits);
  const features = Int32Array.from(new Set(leafFeatures));
  const places = leafFeatures.map((feature) => features.indexOf(feature));
  const leafCount = leafStarts.length - 1;
  const known = new Map<number, Float64Array>();
  const addUp = (answers: number): Float64Array => {
    const values = new Float64Array(features.length);
    let from = 0;
    for (let leaf = 0; leaf < leafCount; leaf += 1) {
      const to = leafStarts[leaf + 1] as number;
      let pattern = 0;
      for (let index = from, bit = 1; index < to; index += 1, bit <<= 1) {
        if ((answers & (masks[index] as number)) === wanted[index]) pattern |= bit;
      }
      let at = (tableStarts[leaf] as number) + pattern * (to - from);
      for (let index = from; index < to; index += 1, at += 1) {
        const place = places[index] as number;
        values[place] = (values[place] as number) + (table[at] as number);
      }
      from = to;
    }
    return values;
  };
  const valuesOf = (answers: number): Float64Array => {
    const found = known.get(answers) ?? addUp(answers);
    if (known.size < MOST_ANSWERS) known.set(answers, found);
    return found;
  };
  return { features, valuesOf };
}
