/**
 * The connected components of a graph by union-find with path halving.
 *
 * @returns by node: the smallest node of its component
 */
export function connectedComponents(
  nodeCount: number,
  left: Int32Array,
  right: Int32Array,
): Int32Array {
  const parents = Int32Array.from({ length: nodeCount }, (_, node) => node);
  const rootOf = (node: number): number => {
    let at = node;
    for (;;) {
      const parent = parents[at] as number;
      if (parent === at) return at;
      const above = parents[parent] as number;
      parents[at] = above;
      at = above;
    }
  };
  for (let edge = 0; edge < left.length; edge += 1) {
    const a = rootOf(left[edge] as number);
    const b = rootOf(right[edge] as number);
    if (a < b) parents[b] = a;
    else if (b < a) parents[a] = b;
  }
  for (let node = 0; node < nodeCount; node += 1) parents[node] = rootOf(node);
  return parents;
}
