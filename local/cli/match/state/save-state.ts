import type { MatchSettings } from '@tributary/functions/identity/settings';
import type { CountedRule } from '../choose-rules';
import type { FoundClusters } from '../find-clusters';
import type { MatchIncludes } from '../includes';
import type { Learnt } from '../learn';
import type { MatchWarehouse } from '../match-warehouse';
import type { PreparedRecords } from '../prepare-records';
import { clusterRelation, identitySql, knownColumns } from './known-records';
import { writeModel } from './model';

/**
 * Keeps what a whole run made, so that new records can be matched against it: `records` stand in the
 * warehouse already; pairs, value counts, clusters and last the model come beside them.
 *
 * @param scored quoted names of the tables of pairs: those that rules made, and those implied
 */
export async function saveState(
  warehouse: MatchWarehouse,
  includes: MatchIncludes,
  run: {
    readonly prepared: PreparedRecords;
    readonly settings: MatchSettings;
    readonly rules: readonly CountedRule[];
    readonly learnt: Learnt;
    readonly found: FoundClusters;
    readonly scored: string;
    readonly implied: string;
  },
): Promise<void> {
  const { prepared, settings, rules, learnt, found } = run;
  const { columns, recipe, table, recordCount } = prepared;
  const pair = 'SELECT left_no, right_no, match_weight';
  await warehouse.create(
    'pairs',
    `${pair}, FALSE AS is_implied FROM ${run.scored}
UNION ALL
${pair}, TRUE FROM ${run.implied}`,
  );
  await warehouse.create(
    'value_counts',
    recipe.frequencies.length > 0
      ? includes.queries.valueCounts(recipe, table)
      : "SELECT '' AS feature, '' AS value, 0 AS record_count FROM UNNEST([1]) AS one WHERE one = 0",
  );
  const numbers = Int32Array.from({ length: recordCount }, (_, at) => at + 1);
  const byNumber = (places: Int32Array) => places.map((place) => place + 1);
  const clusters = await clusterRelation(
    warehouse,
    numbers,
    byNumber(found.components),
    byNumber(found.clusters),
  );
  const fields = knownColumns(columns);
  const names = Object.keys(fields).join(', ');
  await warehouse.load(
    'known',
    fields,
    `SELECT ${names} FROM (${identitySql(columns, 1)}) JOIN ${clusters} USING (record_no) ORDER BY record_no`,
  );
  await warehouse.drop('compared', 'scored', 'implied', 'scored_implied');
  await writeModel(warehouse, {
    settings,
    columns,
    rules: rules.map(({ rule }) => rule),
    weights: learnt.weights,
    prior: learnt.prior,
    recordCount,
    ruledCount: recordCount,
  });
}
