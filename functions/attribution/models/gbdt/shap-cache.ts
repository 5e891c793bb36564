import type { Ensemble } from './boost';
import type { Tree } from './tree';
import { addTreeShap } from './tree-shap';

/**
 * Shapley values of an ensemble. A tree's values depend on a row only through the answers at its
 * splits, and a shallow tree has few combinations of them, so each combination is worked out once.
 */
export function ensembleShap(
  { trees }: Ensemble,
  width: number,
): (features: Float64Array, contributions: Float64Array) => void {
  const readers = trees.map((tree) => treeReader(tree, width));
  return (features, contributions) => {
    contributions.fill(0);
    for (const read of readers) {
      read(features, contributions);
    }
  };
}

interface Known {
  readonly features: Int32Array;
  readonly values: Float64Array;
}

function treeReader(tree: Tree, width: number) {
  const splits = tree.feature.flatMap((feature, node) => (feature >= 0 ? [node] : []));
  const features = Int32Array.from(new Set(tree.feature.filter((feature) => feature >= 0)));
  const known = new Map<number, Known>();
  const isLeft = new Uint8Array(tree.feature.length);
  const whole = new Float64Array(width);
  return (row: Float64Array, contributions: Float64Array): void => {
    let answers = 0;
    for (const node of splits) {
      const goes =
        (row[tree.feature[node] as number] as number) <= (tree.threshold[node] as number) ? 1 : 0;
      isLeft[node] = goes;
      answers = answers * 2 + goes;
    }
    let entry = known.get(answers);
    if (entry === undefined) {
      whole.fill(0);
      addTreeShap(tree, (node) => isLeft[node] === 1, whole);
      entry = {
        features,
        values: Float64Array.from(features, (feature) => whole[feature] as number),
      };
      known.set(answers, entry);
    }
    for (let index = 0; index < entry.features.length; index += 1) {
      (contributions[entry.features[index] as number] as number) += entry.values[index] as number;
    }
  };
}
