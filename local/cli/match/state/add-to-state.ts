import type { MatchWarehouse } from '../match-warehouse';
import type { Arrivals } from './arrivals';
import type { ArrivingPairs } from './arriving-pairs';
import { clusterRelation, knownColumns } from './known-records';
import { loadModel, type SavedModel, STATE } from './model';
import type { Touched } from './touched';

/** Adds the new records, their pairs, and the clusters they touched: all of it, or nothing. */
export async function addToState(
  warehouse: MatchWarehouse,
  model: SavedModel,
  { table, recordCount }: Arrivals,
  { rules, scored, implied }: ArrivingPairs,
  { numbers, clusters, components }: Touched,
): Promise<void> {
  const numberOf = (places: Int32Array) => places.map((place) => numbers[place] as number);
  const found = await clusterRelation(warehouse, numbers, numberOf(components), numberOf(clusters));
  const fields = knownColumns(model.columns);
  const names = Object.keys(fields).join(', ');
  const touched = await warehouse.load(
    'new_known',
    fields,
    `SELECT ${names} FROM (SELECT * EXCLUDE (component_no, cluster_no) FROM touched) JOIN ${found} USING (record_no) ORDER BY record_no`,
  );
  const replaced =
    rules === model.rules
      ? ''
      : `DELETE FROM ${STATE.model} WHERE TRUE;
INSERT INTO ${STATE.model} (content) SELECT content FROM ${await loadModel(warehouse, 'new_model', { ...model, rules, ruledCount: recordCount })};
`;
  const pair = 'left_no, right_no, match_weight';
  await warehouse.query(`BEGIN TRANSACTION;
INSERT INTO ${STATE.records} SELECT * FROM ${table};
INSERT INTO ${STATE.pairs} (${pair}, is_implied)
SELECT ${pair}, FALSE FROM ${scored}
UNION ALL
SELECT ${pair}, TRUE FROM ${implied};
DELETE FROM ${STATE.known} WHERE record_no IN (SELECT record_no FROM ${touched});
INSERT INTO ${STATE.known} (${names}) SELECT ${names} FROM ${touched};
${replaced}COMMIT TRANSACTION`);
}
