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
import { readColumns } from './read-columns';
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
  const pairs = await readColumns(
    warehouse.files,
    `(SELECT left_no - 1 AS l, right_no - 1 AS r, match_weight FROM (${all}))`,
    {
      l: (length) => new Int32Array(length),
      r: (length) => new Int32Array(length),
      match_weight: (length) => new Float64Array(length),
    },
  );
  const unique: Int32Array[] = [];
  for (const column of columns.unique)
    unique.push(await codesOf(warehouse, `said(${sqlName(column)})`));
  const exclusive = options.acrossSources ? await codesOf(warehouse, '"source no"') : undefined;
  const weighed = { recordCount, left: pairs.l, right: pairs.r, weights: pairs.match_weight };
  const limits = { threshold: bitsOf(options.threshold), unique, ...(exclusive && { exclusive }) };
  return {
    clusters: clustersOf(weighed, limits, options.copies),
    pairs: weighed,
    limits,
    get components() {
      return linkedComponents(weighed, limits);
    },
  };
}

/** Of copies of one record nothing can be learnt. */
function clustersOf(pairs: PairWeights, limits: PartitionOptions, copies: Copies): Int32Array {
  if (copies === undefined) return partition(pairs, limits);
  const isOne = copies === 'one_person';
  return Int32Array.from({ length: pairs.recordCount }, (_, record) => (isOne ? 0 : record));
}

/** Equal values over the input as equal numbers; -1 where there is none. */
async function codesOf({ files }: MatchWarehouse, value: string): Promise<Int32Array> {
  const { code } = await readColumns(
    files,
    `(SELECT CASE WHEN ${value} IS NULL THEN -1 ELSE dense_rank() OVER (ORDER BY ${value}) END AS code FROM input ORDER BY "record no")`,
    { code: (length) => new Int32Array(length) },
  );
  return code;
}
