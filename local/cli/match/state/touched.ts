import { bitsOf } from '@tributary/functions/identity/log-odds';
import {
  linkedComponents,
  type PairWeights,
  partition,
} from '@tributary/functions/identity/partition';
import type { MatchWarehouse } from '../match-warehouse';
import { readColumns } from '../read-columns';
import { readCodes, readPairs } from '../read-pairs';
import type { ArrivingPairs } from './arriving-pairs';
import { uniqueNames } from './known-records';
import { type SavedModel, STATE } from './model';

/** The records whose component the new ones touch, the new ones among them, in the order of their numbers. */
export interface Touched {
  /** By place: the record's number. */
  readonly numbers: Int32Array;
  /** By place: number of the first record of its cluster before; 0 for new records. */
  readonly before: Int32Array;
  /** By place: the place of the first record of its cluster, and of its component, now. */
  readonly clusters: Int32Array;
  readonly components: Int32Array;
  /** Pairs among them, by place. */
  readonly pairs: PairWeights;
}

/**
 * Clusters anew what new pairs touch. Components are closed under strong pairs and equal unique
 * identifiers, so nothing outside of them can come out differently.
 *
 * Leaves DuckDB table `touched`: record_no, record_id, values_hash, component_no, cluster_no, unique_1 ...
 */
export async function clusterTouched(
  warehouse: MatchWarehouse,
  { settings, columns }: SavedModel,
  { scored, implied }: ArrivingPairs,
): Promise<Touched> {
  const { files } = warehouse;
  const threshold = bitsOf(settings.threshold);
  const unique = uniqueNames(columns);
  const arriving = `(SELECT left_no, right_no, match_weight FROM ${scored} UNION ALL SELECT left_no, right_no, match_weight FROM ${implied})`;
  const reached = [
    `SELECT record_no FROM (SELECT left_no, right_no FROM ${arriving} WHERE match_weight >= ${threshold}) CROSS JOIN UNNEST([left_no, right_no]) AS record_no`,
  ];
  if (unique.length > 0) {
    const fields = Object.fromEntries(unique.map((name) => [name, 'STRING']));
    const met = await warehouse.load(
      'new_unique',
      fields,
      `SELECT ${unique.join(', ')} FROM identities`,
    );
    for (const name of unique) {
      reached.push(
        `SELECT record_no FROM ${STATE.known} WHERE ${name} IN (SELECT ${name} FROM ${met} WHERE ${name} IS NOT NULL)`,
      );
    }
  }
  const members = await warehouse.create(
    'new_touched',
    `SELECT * FROM ${STATE.known} WHERE component_no IN (
  SELECT component_no FROM ${STATE.known} WHERE record_no IN (${reached.join(' UNION DISTINCT ')}))`,
  );
  const known = await warehouse.relation(`SELECT * FROM ${members}`);
  const own = `SELECT record_no, record_id, values_hash, 0 AS component_no, 0 AS cluster_no${unique.map((name) => `, ${name}`).join('')}`;
  await files.run(
    `CREATE TABLE touched AS SELECT row_number() OVER (ORDER BY record_no) - 1 AS place, * FROM (
      SELECT * FROM ${known} UNION ALL BY NAME ${own} FROM identities)`,
  );
  const among = await warehouse.relation(
    `SELECT left_no, right_no, match_weight FROM ${STATE.pairs}
WHERE left_no IN (SELECT record_no FROM ${members}) AND right_no IN (SELECT record_no FROM ${members})
UNION ALL
SELECT left_no, right_no, match_weight FROM ${arriving}`,
  );
  const { no, was } = await readColumns(
    files,
    '(SELECT record_no AS no, cluster_no AS was FROM touched ORDER BY place)',
    { no: (length) => new Int32Array(length), was: (length) => new Int32Array(length) },
  );
  const pairs = await readPairs(
    files,
    `(SELECT l.place AS l, r.place AS r, match_weight FROM ${among} AS pairs
      JOIN touched AS l ON l.record_no = pairs.left_no JOIN touched AS r ON r.record_no = pairs.right_no
      ORDER BY ALL)`,
    no.length,
  );
  const codes: Int32Array[] = [];
  for (const name of unique) {
    codes.push(await readCodes(files, name, { table: 'touched', order: 'place' }));
  }
  const options = { threshold, unique: codes };
  return {
    numbers: no,
    before: was,
    clusters: partition(pairs, options),
    components: linkedComponents(pairs, options),
    pairs,
  };
}
