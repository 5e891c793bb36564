import type { PairWeights, PartitionOptions } from './partition';

/** A step on the way from one record to another of its cluster. */
export interface PathStep {
  readonly record: number;
  /** What leads here: a pair from the threshold on, or the column of an equal unique identifier. */
  readonly by: 'pair' | number;
}

/**
 * The shortest way from one record to another of the same cluster, along pairs from the threshold on and
 * equal unique identifiers; at each record the strongest pairs are followed first.
 *
 * @param clusters by record, as `partition` gives them
 * @returns the steps after the first record; undefined for records of two clusters
 */
export function pathBetween(
  pairs: PairWeights,
  options: PartitionOptions,
  clusters: Int32Array,
  [from, to]: readonly [number, number],
): PathStep[] | undefined {
  if (clusters[from] !== clusters[to]) return undefined;
  const next = stepsOf(pairs, options, clusters, clusters[from] as number);
  const cameFrom = new Map<number, { readonly step: PathStep; readonly before: number }>();
  const seen = new Set([from]);
  const queue = [from];
  for (const at of queue) {
    for (const step of next(at)) {
      if (seen.has(step.record)) continue;
      seen.add(step.record);
      cameFrom.set(step.record, { step, before: at });
      queue.push(step.record);
    }
    if (seen.has(to)) break;
  }
  if (!seen.has(to)) return undefined;
  const path: PathStep[] = [];
  for (let at = cameFrom.get(to); at; at = cameFrom.get(at.before)) path.unshift(at.step);
  return path;
}

/** Where the links of a record of this cluster lead: equal identifiers first, then strong pairs. */
function stepsOf(
  { left, right, weights }: PairWeights,
  { threshold, unique = [] }: PartitionOptions,
  clusters: Int32Array,
  cluster: number,
): (record: number) => PathStep[] {
  const around = new Map<number, { readonly other: number; readonly weight: number }[]>();
  const meet = (record: number, other: number, weight: number): void => {
    const known = around.get(record);
    if (known) known.push({ other, weight });
    else around.set(record, [{ other, weight }]);
  };
  for (let pair = 0; pair < left.length; pair += 1) {
    const [a, b] = [left[pair] as number, right[pair] as number];
    const weight = weights[pair] as number;
    if (weight < threshold || clusters[a] !== cluster || clusters[b] !== cluster) continue;
    meet(a, b, weight);
    meet(b, a, weight);
  }
  const members = [...clusters.keys()].filter((record) => clusters[record] === cluster);
  return (record) => [
    ...unique.flatMap((codes, by) =>
      (codes[record] as number) < 0
        ? []
        : members
            .filter((other) => other !== record && codes[other] === codes[record])
            .map((other) => ({ record: other, by })),
    ),
    ...(around.get(record) ?? [])
      .toSorted((a, b) => b.weight - a.weight || a.other - b.other)
      .map(({ other }) => ({ record: other, by: 'pair' as const })),
  ];
}
