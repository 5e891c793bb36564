import { type Merge, MergeHeap } from './merge-heap';
import type { PairWeights, PartitionOptions } from './partition';

/** One pair's say is limited to so many bits, that no single pair outvotes a cluster. */
const MOST_BITS = 10;
/** Weights are summed as whole millionths of a bit: whole numbers have one sum in any order. */
const MICRO = 1e6;
/** What a pair says that nobody compared: had it much in common, a rule would have made it. */
const ABSENT_BITS = -3;

/** The pairs between two clusters: how many were weighed, and their sums in millionths of a bit. */
interface Between {
  readonly count: number;
  /** Each pair limited to MOST_BITS: whether they merge, and when. */
  readonly say: number;
  /** Unlimited: which of two that say as much goes first. */
  readonly evidence: number;
}

/** The clusters of one component, by the place of their first record in it. */
export class ComponentClusters {
  private readonly members: number[][];
  private readonly neighbours: Map<number, Between>[];
  private readonly versions: number[];
  /** By column of unique identifiers: the one that each cluster has, or -1. */
  private readonly codes: Int32Array[];
  private readonly heap = new MergeHeap();

  /**
   * @param records of the component, in ascending order
   * @param pairs numbers of the pairs between them
   */
  constructor(
    records: readonly number[],
    pairs: Int32Array,
    weighed: PairWeights,
    private readonly options: PartitionOptions,
  ) {
    this.members = records.map((record) => [record]);
    this.neighbours = records.map(() => new Map());
    this.versions = records.map(() => 0);
    this.codes = (options.unique ?? []).map((codes) =>
      Int32Array.from(records, (record) => codes[record] ?? -1),
    );
    this.meet(records, pairs, weighed);
    for (const codes of this.codes) this.joinUnique(codes);
    for (const [a, around] of this.neighbours.entries()) {
      for (const b of around.keys()) if (a < b) this.propose(a, b);
    }
    this.run();
  }

  /** Writes each record's label: the smallest record of its cluster. */
  writeLabels(labels: Int32Array): void {
    for (const records of this.members) {
      const label = records.reduce((least, record) => Math.min(least, record), Infinity);
      for (const record of records) labels[record] = label;
    }
  }

  private meet(
    records: readonly number[],
    pairs: Int32Array,
    { left, right, weights }: PairWeights,
  ): void {
    const places = new Map(records.map((record, place) => [record, place]));
    for (const pair of pairs) {
      const a = places.get(left[pair] as number) as number;
      const b = places.get(right[pair] as number) as number;
      const evidence = Math.round(MICRO * ((weights[pair] as number) - this.options.threshold));
      const most = MICRO * MOST_BITS;
      const between = { count: 1, say: Math.max(-most, Math.min(most, evidence)), evidence };
      this.neighbours[a]?.set(b, between);
      this.neighbours[b]?.set(a, between);
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
    const absent = (all - between.count) * ABSENT_BITS * MICRO;
    const gain = (between.say + absent) / all;
    if (gain < 0) return;
    const evidence = (between.evidence + absent) / all;
    const [low, high] = a < b ? [a, b] : [b, a];
    this.heap.push({ gain, evidence, a: low, b: high, version: this.versionOf(a, b) });
  }

  /** b becomes part of a. */
  private merge(a: number, b: number): void {
    const own = this.neighbours[a];
    own?.delete(b);
    for (const [other, between] of this.neighbours[b] ?? []) {
      if (other === a) continue;
      const known = own?.get(other);
      const both = known ? sumOf(between, known) : between;
      own?.set(other, both);
      this.neighbours[other]?.delete(b);
      this.neighbours[other]?.set(a, both);
    }
    this.neighbours[b]?.clear();
    // A cluster may have more records than a call takes arguments.
    for (const record of this.members[b] ?? []) this.members[a]?.push(record);
    this.members[b] = [];
    for (const codes of this.codes) {
      if ((codes[a] as number) < 0) codes[a] = codes[b] as number;
    }
    this.versions[a] = (this.versions[a] ?? 0) + 1;
  }

  /**
   * Clusters of one code become one, unless some of them may not: then the code is no person's, and
   * evidence alone says who of them is. To join as many as go would depend on the records' order.
   */
  private joinUnique(codes: Int32Array): void {
    const groups = new Map<number, number[]>();
    for (const [place, code] of codes.entries()) {
      if (code < 0 || this.size(place) === 0) continue;
      const group = groups.get(code);
      if (group) group.push(place);
      else groups.set(code, [place]);
    }
    for (const [first, ...others] of groups.values()) {
      if (first === undefined || !this.mayAllJoin([first, ...others])) continue;
      for (const other of others) this.merge(first, other);
    }
  }

  private mayAllJoin(places: readonly number[]): boolean {
    const isOne = this.codes.every(
      (codes) =>
        new Set(places.map((place) => codes[place]).filter((code = -1) => code >= 0)).size < 2,
    );
    const { exclusive } = this.options;
    if (!isOne || exclusive === undefined) return isOne;
    const groups = places.flatMap((place) => this.members[place] ?? []).map((at) => exclusive[at]);
    return new Set(groups).size === groups.length;
  }

  private mayJoin(a: number, b: number): boolean {
    const differ = this.codes.some((codes) => {
      const [one, other] = [codes[a] as number, codes[b] as number];
      return one >= 0 && other >= 0 && one !== other;
    });
    const { exclusive } = this.options;
    if (differ || exclusive === undefined) return !differ;
    const taken = new Set(this.members[a]?.map((record) => exclusive[record]));
    return !this.members[b]?.some((record) => taken.has(exclusive[record]));
  }

  private size(cluster: number): number {
    return this.members[cluster]?.length ?? 0;
  }

  private versionOf(a: number, b: number): number {
    return (this.versions[a] ?? 0) + (this.versions[b] ?? 0);
  }
}

const sumOf = (one: Between, other: Between): Between => ({
  count: one.count + other.count,
  say: one.say + other.say,
  evidence: one.evidence + other.evidence,
});
