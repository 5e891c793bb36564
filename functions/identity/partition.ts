import { ComponentClusters } from './component-clusters';
import { connectedComponents } from './components';

export interface PairWeights {
  readonly recordCount: number;
  /** By pair: record numbers from 0, each pair once. */
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** By pair: log2 odds. Pairs that speak against a match belong here too. */
  readonly weights: Float64Array;
}

export interface PartitionOptions {
  /** Log2 odds that two clusters must pass on average to be one. */
  readonly threshold: number;
  /**
   * Columns of unique identifiers, by record: -1 without one. Equal ones are one person whatever
   * else is said; different ones are never merged. A value whose records contradict each other (in
   * another of these columns, or as records of one exclusive group) joins nobody; columns have their
   * say in this order.
   */
  readonly unique?: readonly Int32Array[];
  /** By record: its group, of which a cluster holds one record at most (each file lists a person once). */
  readonly exclusive?: Int32Array;
}

/**
 * Clusters by their best partition rather than by chains: inside each connected component those
 * two clusters merge first whose pairs have the highest mean weight, and merging stops where that
 * mean falls below the threshold. One wrong link between two persons is outvoted by the pairs
 * around it. The records' order decides only between merges of equal evidence.
 *
 * @returns by record: the smallest record number of its cluster
 */
export function partition(pairs: PairWeights, options: PartitionOptions): Int32Array {
  const { recordCount } = pairs;
  const component = linkedComponents(pairs, options);
  const { starts, order } = pairsByComponent(pairs, component);
  const labels = Int32Array.from({ length: recordCount }, (_, record) => record);
  for (const [root, records] of membersOf(component)) {
    const own = order.subarray(starts[root], starts[root + 1]);
    new ComponentClusters(records, own, pairs, options).writeLabels(labels);
  }
  return labels;
}

/** By record: the smallest number of those with which strong pairs and equal identifiers link it. */
export function linkedComponents(pairs: PairWeights, options: PartitionOptions): Int32Array {
  const { left, right } = linksOf(pairs, options);
  return connectedComponents(pairs.recordCount, left, right);
}

/** What may join: pairs from the threshold on, and equal unique identifiers. */
function linksOf(pairs: PairWeights, { threshold, unique = [] }: PartitionOptions) {
  const left: number[] = [];
  const right: number[] = [];
  for (let pair = 0; pair < pairs.left.length; pair += 1) {
    if ((pairs.weights[pair] as number) < threshold) continue;
    left.push(pairs.left[pair] as number);
    right.push(pairs.right[pair] as number);
  }
  for (const codes of unique) {
    const first = new Map<number, number>();
    for (const [record, code] of codes.entries()) {
      if (code < 0) continue;
      const known = first.get(code);
      if (known === undefined) first.set(code, record);
      else left.push(known) && right.push(record);
    }
  }
  return { left: Int32Array.from(left), right: Int32Array.from(right) };
}

/** Components of two records and more: their records in ascending order. */
function membersOf(component: Int32Array): Map<number, number[]> {
  const members = new Map<number, number[]>();
  for (let record = 0; record < component.length; record += 1) {
    const root = component[record] as number;
    if (root === record) continue;
    const known = members.get(root);
    if (known) known.push(record);
    else members.set(root, [root, record]);
  }
  return members;
}

/** Pairs within components, sorted by component: those of root r are order[starts[r]..starts[r+1]]. */
function pairsByComponent({ left, right, recordCount }: PairWeights, component: Int32Array) {
  const starts = new Int32Array(recordCount + 2);
  const rootOf = (pair: number): number => {
    const root = component[left[pair] as number] as number;
    return root === component[right[pair] as number] ? root : -1;
  };
  for (let pair = 0; pair < left.length; pair += 1) {
    const root = rootOf(pair);
    if (root >= 0) starts[root + 1] = (starts[root + 1] as number) + 1;
  }
  for (let root = 0; root < recordCount; root += 1) {
    starts[root + 1] = (starts[root + 1] as number) + (starts[root] as number);
  }
  const order = new Int32Array(starts[recordCount] as number);
  const next = starts.slice();
  for (let pair = 0; pair < left.length; pair += 1) {
    const root = rootOf(pair);
    if (root < 0) continue;
    order[next[root] as number] = pair;
    next[root] = (next[root] as number) + 1;
  }
  return { starts, order };
}
