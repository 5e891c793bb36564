import type { Ensemble } from './boost';
import { leafTables, MOST_SPLITS } from './leaf-tables';
import { answersReader } from './row-answers';
import type { Tree } from './tree';
import { addTreeShap } from './tree-shap';

/**
 * Shapley values of an ensemble, as `addTreeShap` gives them tree by tree, from tables by leaf: a row
 * costs its comparisons and a few additions per tree.
 */
export function ensembleShap({
  trees,
}: Ensemble): (features: Float64Array, contributions: Float64Array) => void {
  const splits = trees.map(splitsOf);
  const isSmall = trees.every((_, number) => (splits[number]?.length ?? 0) <= MOST_SPLITS);
  if (!isSmall) return (row, contributions) => addAllTreeShap(trees, row, contributions);
  const readAnswers = answersReader(trees, splits);
  const readers = trees.map((tree, number) => treeAnswers(tree, splits[number] as Int32Array));
  return (row, contributions) => {
    contributions.fill(0);
    const answers = readAnswers(row);
    for (let tree = 0; tree < readers.length; tree += 1) {
      const { features, valuesOf } = readers[tree] as TreeAnswers;
      const values = valuesOf(answers[tree] as number);
      for (let index = 0; index < features.length; index += 1) {
        (contributions[features[index] as number] as number) += values[index] as number;
      }
    }
  };
}

/** The nodes that split. */
const splitsOf = ({ feature }: Tree): Int32Array =>
  Int32Array.from(feature.flatMap((asked, node) => (asked >= 0 ? [node] : [])));

function addAllTreeShap(
  trees: readonly Tree[],
  row: Float64Array,
  contributions: Float64Array,
): void {
  contributions.fill(0);
  for (const tree of trees) {
    const goesLeft = (node: number) =>
      (row[tree.feature[node] as number] as number) <= (tree.threshold[node] as number);
    addTreeShap(tree, goesLeft, contributions);
  }
}

/** Of a tree; rows differ in few of its splits, so that fewer occur. */
const MOST_ANSWERS = 20_000;

interface TreeAnswers {
  readonly features: Int32Array;
  /** One value a feature. */
  valuesOf(answers: number): Float64Array;
}

/** The features of a tree, and their values for a row's answers: added up over leaves once for each. */
function treeAnswers(tree: Tree, splits: Int32Array): TreeAnswers {
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
  // Answers have no sign. Rows often answer as the one before.
  let last = -1;
  let lastValues: Float64Array = new Float64Array();
  const valuesOf = (answers: number): Float64Array => {
    if (answers === last) return lastValues;
    last = answers;
    const found = known.get(answers);
    lastValues = found ?? addUp(answers);
    if (found === undefined && known.size < MOST_ANSWERS) known.set(answers, lastValues);
    return lastValues;
  };
  return { features, valuesOf };
}
