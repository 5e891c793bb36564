/**
 * A tree in columns, as plain JSON: node 0 is the root; a node with feature -1 is a leaf. A row goes
 * left where its value is not above the threshold.
 */
export interface Tree {
  readonly feature: readonly number[];
  readonly threshold: readonly number[];
  readonly left: readonly number[];
  readonly right: readonly number[];
  /** Log-odds that a leaf adds; 0 for the others. */
  readonly value: readonly number[];
  /** Weight of the training rows that reached each node. */
  readonly cover: readonly number[];
}

/** A tree that is being grown. */
export type GrowingTree = { [column in keyof Tree]: number[] };

export function emptyTree(): GrowingTree {
  return { feature: [], threshold: [], left: [], right: [], value: [], cover: [] };
}

/** Does the row go left at `node`? */
export type GoesLeft = (node: number) => boolean;

/** @param start where the row's features begin */
export function leafValue(tree: Tree, features: Float64Array, start = 0): number {
  let node = 0;
  let feature = tree.feature[0] as number;
  while (feature >= 0) {
    const isLeft = (features[start + feature] as number) <= (tree.threshold[node] as number);
    node = (isLeft ? tree.left[node] : tree.right[node]) as number;
    feature = tree.feature[node] as number;
  }
  return tree.value[node] as number;
}
