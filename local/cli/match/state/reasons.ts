import type { Touched } from './touched';

/** The pair that speaks loudest for a record's cluster: the other record's place, and log2 odds. */
export interface Reason {
  readonly other: number;
  readonly weight: number;
}

/**
 * Why each new record belongs to its cluster, and each earlier one to its new cluster: the strongest
 * pair of the new record, or of those who were one cluster with the earlier one, with somebody of its
 * cluster who was not.
 *
 * @returns by place; undefined for records that stand alone or that nothing joined to others
 */
export function reasonsOf({ before, clusters, pairs }: Touched): (Reason | undefined)[] {
  // A new record was a cluster of its own; places count from 0, numbers of clusters from 1.
  const formerOf = (place: number): number => before[place] || -1 - place;
  const best = new Map<string, Reason>();
  const keyOf = (place: number): string => `${formerOf(place)} in ${clusters[place]}`;
  const offer = (place: number, other: number, weight: number): void => {
    const known = best.get(keyOf(place));
    if (known === undefined || weight > known.weight) best.set(keyOf(place), { other, weight });
  };
  for (let pair = 0; pair < pairs.left.length; pair += 1) {
    const [a, b] = [pairs.left[pair] as number, pairs.right[pair] as number];
    if (clusters[a] !== clusters[b] || formerOf(a) === formerOf(b)) continue;
    const weight = pairs.weights[pair] as number;
    offer(a, b, weight);
    offer(b, a, weight);
  }
  return Array.from(before, (_, place) => best.get(keyOf(place)));
}
