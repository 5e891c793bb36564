import { ensembleShap } from '@tributary/functions/attribution/models/gbdt/ensemble-shap';
import type { Tree } from '@tributary/functions/attribution/models/gbdt/tree';
import { emptyTree, leafValue } from '@tributary/functions/attribution/models/gbdt/tree';
import { addTreeShap, meanValue } from '@tributary/functions/attribution/models/gbdt/tree-shap';
import fc from 'fast-check';

const WIDTH = 4;

interface Branch {
  readonly feature: number;
  readonly threshold: number;
  readonly left: Branch | Leaf;
  readonly right: Branch | Leaf;
}
interface Leaf {
  readonly value: number;
  readonly cover: number;
}

const leaf = fc.record({
  value: fc.double({ min: -2, max: 2, noNaN: true }),
  cover: fc.integer({ min: 1, max: 50 }),
});
/** Trees to depth 4 on four features, so that a feature can come twice on a path. */
const { tree: anyTree } = fc.letrec<{ tree: Branch | Leaf }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4, depthSize: 'large' },
    leaf,
    fc.record({
      feature: fc.integer({ min: 0, max: WIDTH - 1 }),
      threshold: fc.double({ min: 0, max: 1, noNaN: true }),
      left: tie('tree'),
      right: tie('tree'),
    }),
  ),
}));
const anyRow = fc
  .array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: WIDTH, maxLength: WIDTH })
  .map((values) => Float64Array.from(values));

function inColumns(root: Branch | Leaf): Tree {
  const tree = emptyTree();
  const add = (branch: Branch | Leaf): number => {
    const node = tree.feature.length;
    const isLeaf = 'value' in branch;
    tree.feature.push(isLeaf ? -1 : branch.feature);
    tree.threshold.push(isLeaf ? 0 : branch.threshold);
    tree.value.push(isLeaf ? branch.value : 0);
    tree.left.push(-1);
    tree.right.push(-1);
    tree.cover.push(isLeaf ? branch.cover : 0);
    if (!isLeaf) {
      tree.left[node] = add(branch.left);
      tree.right[node] = add(branch.right);
      tree.cover[node] =
        (tree.cover[tree.left[node] as number] as number) +
        (tree.cover[tree.right[node] as number] as number);
    }
    return node;
  };
  add(root);
  return tree;
}

const left = (tree: Tree, row: Float64Array) => (node: number) =>
  (row[tree.feature[node] as number] as number) <= (tree.threshold[node] as number);

/** What the tree says when only the features of the set are known. */
function known(tree: Tree, row: Float64Array, set: number, node = 0): number {
  const feature = tree.feature[node] as number;
  if (feature < 0) {
    return tree.value[node] as number;
  }
  const children = [tree.left[node] as number, tree.right[node] as number] as const;
  if (set & (1 << feature)) {
    return known(tree, row, set, left(tree, row)(node) ? children[0] : children[1]);
  }
  return children.reduce(
    (sum, child) =>
      sum +
      ((tree.cover[child] as number) / (tree.cover[node] as number)) * known(tree, row, set, child),
    0,
  );
}

/** Shapley values by their definition, over all sets of features. */
function bruteForce(tree: Tree, row: Float64Array): number[] {
  const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));
  return Array.from({ length: WIDTH }, (_, feature) => {
    let value = 0;
    for (let set = 0; set < 1 << WIDTH; set += 1) {
      if (!(set & (1 << feature))) {
        const size = set.toString(2).replaceAll('0', '').length;
        const weight = (factorial(size) * factorial(WIDTH - size - 1)) / factorial(WIDTH);
        value += weight * (known(tree, row, set | (1 << feature)) - known(tree, row, set));
      }
    }
    return value;
  });
}

describe('addTreeShap', () => {
  it('gives the Shapley values of their definition', () => {
    fc.assert(
      fc.property(anyTree, anyRow, (root, row) => {
        const tree = inColumns(root);
        const values = new Float64Array(WIDTH);
        addTreeShap(tree, left(tree, row), values);
        bruteForce(tree, row).forEach((expected, feature) => {
          expect(Math.abs((values[feature] as number) - expected)).toBeLessThan(1e-9);
        });
      }),
    );
  });

  it('adds up to what the tree says of the row', () => {
    fc.assert(
      fc.property(anyTree, anyRow, (root, row) => {
        const tree = inColumns(root);
        const values = new Float64Array(WIDTH);
        addTreeShap(tree, left(tree, row), values);
        const sum = values.reduce((total, value) => total + value, meanValue(tree));
        expect(Math.abs(sum - leafValue(tree, row))).toBeLessThan(1e-9);
      }),
    );
  });
});

describe('ensembleShap', () => {
  it('adds up over trees, for a row seen before as for a new one', () => {
    fc.assert(
      fc.property(fc.array(anyTree, { maxLength: 5 }), fc.array(anyRow), (roots, rows) => {
        const trees = roots.map(inColumns);
        const shap = ensembleShap({ start: 0, trees });
        const values = new Float64Array(WIDTH);
        for (const row of [...rows, ...rows]) {
          shap(row, values);
          const expected = new Float64Array(WIDTH);
          for (const tree of trees) {
            addTreeShap(tree, left(tree, row), expected);
          }
          expected.forEach((value, feature) => {
            expect(Math.abs((values[feature] as number) - value)).toBeLessThan(1e-9);
          });
        }
      }),
    );
  });
});
