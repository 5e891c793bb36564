import { type OutputColumn, writeTable } from '@tributary/functions/attribution/files/table-file';
import { probabilityOf } from '@tributary/functions/identity/log-odds';
import type { ChosenColumns } from '../choose-columns';
import type { MatchWarehouse } from '../match-warehouse';
import { reasonsOf } from './reasons';
import type { Touched } from './touched';

export interface ChangeCounts {
  /** New records that belong to a person the state knew. */
  readonly foundCount: number;
  /** Earlier records with another cluster_id than before. */
  readonly changedCount: number;
  /** Clusters that are there no more: they are part of others now. */
  readonly mergedCount: number;
  readonly clusterCount: number;
}

/**
 * Writes every record of the file, and every earlier record whose cluster changed: its id, its
 * cluster_id now and before, and the pair that speaks loudest for it.
 */
export async function writeChanges(
  { files }: MatchWarehouse,
  columns: ChosenColumns,
  touched: Touched,
  out: string | undefined,
): Promise<ChangeCounts> {
  const { numbers, before, clusters } = touched;
  const textsOf = async (relation: string): Promise<string[][]> =>
    (await files.runAndReadAll(relation)).getColumnsJS() as string[][];
  const [ids = []] = await textsOf('SELECT record_id FROM touched ORDER BY place');
  const placeOf = new Map(Array.from(numbers, (number, place) => [number, place]));
  const nameOf = (place: number | undefined): string | null => ids[place ?? -1] ?? null;
  const nowOf = (place: number): number => numbers[clusters[place] as number] as number;
  const changed = [...numbers.keys()].filter((place) => before[place] !== nowOf(place));
  const shown = new Set(changed.map((place) => ids[place]));
  const [known = [], knownClusters = []] = await textsOf(
    'SELECT record_id, cluster_id FROM repeated ORDER BY record_id',
  );
  const same = [...known.keys()].filter((at) => !shown.has(known[at] as string));
  const reasons = reasonsOf(touched);
  const column = (
    name: string,
    ofChanged: (place: number) => string | number | null,
    ofSame: (at: number) => string | null,
    type: OutputColumn['type'] = 'string',
  ): OutputColumn => ({
    name,
    type,
    valueAt: (row) =>
      row < changed.length
        ? ofChanged(changed[row] as number)
        : ofSame(same[row - changed.length] as number),
  });
  const weightOf = (place: number): number | undefined => reasons[place]?.weight;
  await writeTable(
    [
      column(columns.id ?? 'record', nameOf, (at) => known[at] ?? null),
      column(
        'cluster_id',
        (place) => nameOf(clusters[place]),
        (at) => knownClusters[at] ?? null,
      ),
      column(
        'cluster_id_before',
        (place) => nameOf(placeOf.get(before[place] as number)),
        (at) => knownClusters[at] ?? null,
      ),
      column(
        'matched_id',
        (place) => nameOf(reasons[place]?.other),
        () => null,
      ),
      column(
        'match_weight',
        (place) => rounded(weightOf(place), 6),
        () => null,
        'number',
      ),
      column(
        'match_probability',
        (place) => rounded(mapped(weightOf(place), probabilityOf), 9),
        () => null,
        'number',
      ),
    ],
    changed.length + same.length,
    out,
    process.stdout,
  );
  return countChanges(touched, changed, nowOf);
}

function countChanges(
  { numbers, before, clusters }: Touched,
  changed: readonly number[],
  nowOf: (place: number) => number,
): ChangeCounts {
  const isNew = (place: number): boolean => before[place] === 0;
  const withEarlier = new Set<number>();
  for (const place of numbers.keys()) if (!isNew(place)) withEarlier.add(clusters[place] as number);
  const arrivals = changed.filter(isNew);
  const earlier = changed.filter((place) => !isNew(place));
  const names = new Set(Array.from(numbers.keys(), nowOf));
  const gone = new Set(earlier.map((place) => before[place] as number));
  return {
    foundCount: arrivals.filter((place) => withEarlier.has(clusters[place] as number)).length,
    changedCount: earlier.length,
    mergedCount: [...gone].filter((cluster) => !names.has(cluster)).length,
    clusterCount: names.size,
  };
}

const mapped = (value: number | undefined, to: (value: number) => number): number | undefined =>
  value === undefined ? undefined : to(value);

const rounded = (value: number | undefined, digits: number): number | null =>
  value === undefined ? null : Number(value.toFixed(digits));
