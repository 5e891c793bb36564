import { bitsOf } from '@tributary/functions/identity/log-odds';
import {
  linkedComponents,
  type PairWeights,
  type PartitionOptions,
  partition,
} from '@tributary/functions/identity/partition';
import type { Copies } from './copies';
import type { MatchWarehouse } from './match-warehouse';
import type { PreparedRecords } from './prepare-records';
import { readCodes, readPairs } from './read-pairs';
import { sqlName } from './read-table';

/** By record, from 0: the first record of its cluster, and of all that strong pairs link it with. */
export interface FoundClusters {
  readonly clusters: Int32Array;
  readonly components: Int32Array;
  /** What they were made of. */
  readonly pairs: PairWeights;
  readonly limits: PartitionOptions;
}

/**
 * The clusters of the scored pairs.
 *
 * @param relations FROM items with left_no, right_no and match_weight
 */
export async function findClusters(
  warehouse: MatchWarehouse,
  prepared: PreparedRecords,
  relations: readonly string[],
  options: {
    readonly threshold: number;
    readonly acrossSources: boolean;
    readonly copies: Copies;
  },
): Promise<FoundClusters> {
  const { recordCount, columns } = prepared;
  const all = relations.map((relation) => `SELECT * FROM ${relation}`).join(' UNION ALL ');
  const { files } = warehouse;
  const pairs = await readPairs(
    files,
    `(SELECT left_no - 1 AS l, right_no - 1 AS r, match_weight FROM (${all}))`,
    recordCount,
  );
  const input = { table: 'input', order: '"record no"' };
  const unique: Int32Array[] = [];
  for (const column of columns.unique)
    unique.push(await readCodes(files, `said(${sqlName(column)})`, input));
  const exclusive = options.acrossSources
    ? await readCodes(files, '"source no"', input)
    : undefined;
  const limits = { threshold: bitsOf(options.threshold), unique, ...(exclusive && { exclusive }) };
  return {
    clusters: clustersOf(pairs, limits, options.copies),
    pairs,
    limits,
    get components() {
      return linkedComponents(pairs, limits);
    },
  };
}

/** Of copies of one record nothing can be learnt. */
function clustersOf(pairs: PairWeights, limits: PartitionOptions, copies: Copies): Int32Array {
  if (copies === undefined) return partition(pairs, limits);
  const isOne = copies === 'one_person';
  return Int32Array.from({ length: pairs.recordCount }, (_, record) => (isOne ? 0 : record));
}
