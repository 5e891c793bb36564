import { pathBetween } from '@tributary/functions/identity/cluster-path';
import { cut } from './explain-text';
import type { FoundClusters } from './find-clusters';
import type { MatchWarehouse } from './match-warehouse';
import type { PreparedRecords } from './prepare-records';
import { idSql } from './write-answers';

/** More records on the way are counted. */
const NAMED = 3;

/**
 * Whether two records are in one cluster, and what joins them: one sentence of at most 80 letters.
 *
 * @param weight of their own pair, in bits
 */
export async function explainCluster(
  warehouse: MatchWarehouse,
  prepared: PreparedRecords,
  { clusters, pairs, limits }: FoundClusters,
  [one, other]: readonly [number, number],
  weight: number,
): Promise<string> {
  const { unique } = prepared.columns;
  const ends = [one - 1, other - 1] as const;
  if (clusters[ends[0]] !== clusters[ends[1]]) {
    const differs = unique.find((_, at) => {
      const codes = limits.unique?.[at];
      const [a, b] = [codes?.[ends[0]] ?? -1, codes?.[ends[1]] ?? -1];
      return a >= 0 && b >= 0 && a !== b;
    });
    if (differs !== undefined) return `Two clusters: they differ in ${cut(differs, 40)}.`;
    if (weight < limits.threshold) return 'Two clusters.';
    return isCompared(pairs, ends)
      ? 'Two clusters: other records or their unique ids speak against this pair.'
      : whyNotCompared(warehouse, prepared, ends);
  }
  const path = pathBetween(pairs, limits, clusters, ends);
  const [last] = path?.slice(-1) ?? [];
  if (path === undefined || last === undefined) return 'One cluster: all records are the same.';
  if (path.length > 1) {
    const between = path.slice(0, -1).map(({ record }) => record);
    const ids = await idsOf(warehouse, prepared, between.slice(0, NAMED));
    const more = between.length - ids.length;
    return `One cluster, through ${[...ids, ...(more > 0 ? [`${more} more`] : [])].join(', ')}.`;
  }
  return last.by === 'pair'
    ? 'One cluster, by this pair.'
    : `One cluster: they have the same ${cut(unique[last.by] ?? 'unique_id', 40)}.`;
}

function isCompared(
  { left, right }: FoundClusters['pairs'],
  [one, other]: readonly [number, number],
): boolean {
  const [low, high] = one < other ? [one, other] : [other, one];
  return left.some((record, pair) => record === low && right[pair] === high);
}

async function whyNotCompared(
  warehouse: MatchWarehouse,
  prepared: PreparedRecords,
  ends: readonly [number, number],
): Promise<string> {
  const silent = await warehouse.query(
    `SELECT record_no FROM ${prepared.table} WHERE record_no IN (${ends[0] + 1}, ${ends[1] + 1}) AND NOT says_enough ORDER BY record_no`,
  );
  if (silent.length === 0) return 'Two clusters: no blocking rule makes this pair.';
  const records = silent.map(({ record_no }) => Number(record_no) - 1);
  const ids = (await idsOf(warehouse, prepared, records)).join(' and ');
  return `Two clusters: too little is known of ${ids} to make pairs.`;
}

/** @param records numbers from 0 */
async function idsOf(
  { files }: MatchWarehouse,
  prepared: PreparedRecords,
  records: readonly number[],
): Promise<string[]> {
  const file = prepared.sourceCount > 1 ? `("source no" + 1) || ':' || ` : '';
  const read = await files.runAndReadAll(
    `SELECT "record no"::INTEGER, ${file}${idSql(prepared)} FROM input WHERE "record no" IN (${records.map((record) => record + 1).join(', ')})`,
  );
  const ids = new Map(read.getRows().map(([number, id]) => [Number(number) - 1, String(id)]));
  return records.map((record) => cut(ids.get(record) ?? '', 14));
}
