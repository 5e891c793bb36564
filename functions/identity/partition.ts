import { connectedComponents } from './components';
import { type Merge, MergeHeap } from './merge-heap';

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
   * else is said; different ones are never merged.
   */
  readonly unique?: readonly Int32Array[];
  /** By record: its group, of which a cluster holds one record at most (each file lists a person once). */
  readonly exclusive?: Int32Array;
}

/** One pair's say is limited to so many bits, that no single pair outvotes a cluster. */
const MOST_BITS = 10;
/** Weights are summed as whole millionths of a bit: whole numbers have one sum in any order. */
const MICRO = 1e6;
/** What a pair says that nobody compared: had it much in common, a rule would have made it. */
const ABSENT_BITS = -3;

/**
 * Clusters by their best partition rather than by chains: inside each connected component those
 * two clusters merge first whose pairs have the highest mean weight, and merging stops where that
 * mean falls below the threshold. One wrong link between two persons is outvoted by the pairs
 * around it.
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

/** The pairs between two clusters: how many were weighed, and their sum. */
interface Between {
  count: number;
  sum: number;
}

/** The clusters of one component, by the place of their first record in it. */
class ComponentClusters {
  private readonly places = new Map<number, number>();
  private readonly members: number[][];
  private readonly neighbours: Map<number, Between>[];
  private readonly versions: number[];
  private readonly heap = new MergeHeap();

  constructor(
    records: readonly number[],
    pairs: Int32Array,
    { left, right, weights }: PairWeights,
    private readonly options: PartitionOptions,
  ) {
    for (const [place, record] of records.entries()) this.places.set(record, place);
    this.members = records.map((record) => [record]);
    this.neighbours = records.map(() => new Map());
    this.versions = records.map(() => 0);
    for (const pair of pairs) {
      const a = this.places.get(left[pair] as number) as number;
      const b = this.places.get(right[pair] as number) as number;
      const weight = (weights[pair] as number) - options.threshold;
      const sum = Math.round(MICRO * Math.max(-MOST_BITS, Math.min(MOST_BITS, weight)));
      this.neighbours[a]?.set(b, { count: 1, sum });
      this.neighbours[b]?.set(a, { count: 1, sum });
    }
    this.joinUnique();
    for (const [a, around] of this.neighbours.entries()) {
      for (const b of around.keys()) if (a < b) this.propose(a, b);
    }
    this.run();
  }

  writeLabels(labels: Int32Array): void {
    for (const records of this.members) {
      const label = Math.min(...records);
      for (const record of records) labels[record] = label;
    }
  }

  private run(): void {
    for (let merge = this.heap.pop(); merge; merge = this.heap.pop()) {
      if (!this.isCurrent(merge)) continue;
      this.merge(merge.a, merge.b);
      for (const other of this.neighbours[merge.a]?.keys() ?? []) this.propose(merge.a, other);
    }
  }

  private isCurrent({ a, b, version }: Merge): boolean {
    return this.size(a) > 0 && this.size(b) > 0 && this.versionOf(a, b) === version;
  }

  private propose(a: number, b: number): void {
    const between = this.neighbours[a]?.get(b);
    if (between === undefined || !this.mayJoin(a, b)) return;
    const all = this.size(a) * this.size(b);
    const gain = (between.sum + (all - between.count) * ABSENT_BITS * MICRO) / all;
    if (gain >= 0) {
      const [low, high] = a < b ? [a, b] : [b, a];
      this.heap.push({ gain, a: low, b: high, version: this.versionOf(a, b) });
    }
  }

  /** b becomes part of a. */
  private merge(a: number, b: number): void {
    const own = this.neighbours[a];
    own?.delete(b);
    for (const [other, { count, sum }] of this.neighbours[b] ?? []) {
      if (other === a) continue;
      const known = own?.get(other);
      const both = { count: count + (known?.count ?? 0), sum: sum + (known?.sum ?? 0) };
      own?.set(other, both);
      this.neighbours[other]?.delete(b);
      this.neighbours[other]?.set(a, both);
    }
    this.neighbours[b]?.clear();
    this.members[a]?.push(...(this.members[b] ?? []));
    this.members[b] = [];
    this.versions[a] = (this.versions[a] ?? 0) + 1;
  }

  private joinUnique(): void {
    for (const codes of this.options.unique ?? []) {
      const first = new Map<number, number>();
      for (const [place, records] of this.members.entries()) {
        for (const record of [...records]) {
          const code = codes[record] ?? -1;
          if (code < 0) continue;
          const known = first.get(code);
          if (known === undefined) first.set(code, place);
          else if (known !== place && this.mayJoin(known, place)) this.merge(known, place);
        }
      }
    }
  }

  private mayJoin(a: number, b: number): boolean {
    const { unique = [], exclusive } = this.options;
    const groups = exclusive ? [exclusive] : [];
    return (
      unique.every((codes) => {
        const [one, other] = [this.codeOf(a, codes), this.codeOf(b, codes)];
        return one < 0 || other < 0 || one === other;
      }) &&
      groups.every((group) => {
        const taken = new Set(this.members[a]?.map((record) => group[record]));
        return !this.members[b]?.some((record) => taken.has(group[record]));
      })
    );
  }

  private codeOf(cluster: number, codes: Int32Array): number {
    for (const record of this.members[cluster] ?? []) {
      const code = codes[record] ?? -1;
      if (code >= 0) return code;
    }
    return -1;
  }

  private size(cluster: number): number {
    return this.members[cluster]?.length ?? 0;
  }

  private versionOf(a: number, b: number): number {
    return (this.versions[a] ?? 0) + (this.versions[b] ?? 0);
  }
}
