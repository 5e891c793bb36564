import { UserError } from '@tributary/functions/shared/errors';
import { inColumnOrder, orderNotes } from '../date-orders';
import type { MatchIncludes, Recipe } from '../includes';
import { inputColumns, withFileOrders } from '../input-columns';
import type { MatchWarehouse } from '../match-warehouse';
import { checkIds, untoldNote } from '../prepare-records';
import { readTable } from '../read-table';
import { GROWTH } from './arriving-rules';
import { identitySql } from './known-records';
import { type SavedModel, STATE } from './model';

/** New records of a file, cleansed, in the warehouse. */
export interface Arrivals {
  readonly recipe: Recipe;
  /** Quoted name of their table. */
  readonly table: string;
  readonly newCount: number;
  /** All records, the new ones among them. */
  readonly recordCount: number;
  /** Records that stand in the state as they are. */
  readonly repeatedCount: number;
  readonly notes: readonly string[];
}

/**
 * Reads and cleanses the file; its values count as often as they did when weights were learnt, but for
 * those of match_queries.js that many share by now. What
 * the state has already, unchanged, is left out. Leaves DuckDB tables `identities` (of the new records;
 * see identitySql) and `repeated` (record_id, cluster_id).
 *
 * @throws UserError where columns are missing, or a known id has other values
 */
export async function readArrivals(
  warehouse: MatchWarehouse,
  includes: MatchIncludes,
  model: SavedModel,
  file: string,
): Promise<Arrivals> {
  const { files } = warehouse;
  const { columns } = model;
  const input = await readTable(files, [file], warehouse.folder, 1);
  const needed = [columns.id, ...columns.compared.map(({ column }) => column), ...columns.unique];
  const missing = needed.filter((name) => name !== undefined && !input.columns.includes(name));
  if (missing.length > 0) {
    throw new UserError(
      `${file} lacks columns of the records before (${missing.join(', ')}): give it the same header.`,
    );
  }
  if (columns.id !== undefined) await checkIds(warehouse, columns.id, [file]);
  const [last] = await warehouse.query<{ readonly last: number }>(
    `SELECT COALESCE(MAX(record_no), 0) AS last FROM ${STATE.known}`,
  );
  const first = Number(last?.last ?? 0) + 1;
  await files.run(`CREATE TABLE identities AS ${identitySql(columns, first)}`);
  const repeatedCount = await leaveOutKnown(warehouse, file);
  const dated = await withFileOrders(warehouse, includes, columns.compared, input.recordCount);
  const slots = inputColumns(includes, columns, model.settings);
  const recipe = includes.recipe(slots);
  const fields = { record_no: 'INT64', source: 'INT64' };
  const loaded = await warehouse.load(
    'new_input',
    { ...fields, ...Object.fromEntries(slots.map(({ column }) => [column, 'STRING'])) },
    `SELECT "record no" + ${first - 1} AS record_no, CAST(0 AS BIGINT) AS source, ${dated
      .map((one) => `${inColumnOrder(one)} AS ${one.slot}`)
      .join(
        ', ',
      )} FROM input WHERE "record no" + ${first - 1} IN (SELECT record_no FROM identities)`,
  );
  const { queries } = includes;
  const table = await warehouse.create(
    'new_records',
    queries.records(recipe, loaded, { counts: STATE.counts, records: STATE.records }),
  );
  return {
    recipe,
    table,
    newCount: input.recordCount - repeatedCount,
    repeatedCount,
    recordCount: first - 1 + input.recordCount - repeatedCount,
    notes: [
      ...input.notes,
      ...dated.flatMap((column) => orderNotes(column, [file])),
      ...(await untoldNote(warehouse, table)),
      ...growthNote(model, first + input.recordCount - 1),
    ],
  };
}

/** Takes out of `identities` what the state has, and keeps it in `repeated`. */
async function leaveOutKnown(warehouse: MatchWarehouse, file: string): Promise<number> {
  const { files } = warehouse;
  const ids = await warehouse.load(
    'new_ids',
    { record_id: 'STRING', values_hash: 'STRING' },
    'SELECT record_id, values_hash FROM identities',
  );
  const known = await warehouse.relation(
    `SELECT known.record_id, clusters.record_id AS cluster_id, known.values_hash = ids.values_hash AS is_same
FROM ${STATE.known} AS known
INNER JOIN ${ids} AS ids ON ids.record_id = known.record_id
INNER JOIN ${STATE.known} AS clusters ON clusters.record_no = known.cluster_no`,
  );
  await files.run(`CREATE TABLE repeated AS SELECT * FROM ${known}`);
  const read = await files.runAndReadAll(
    'SELECT count(*)::INTEGER, count(*) FILTER (NOT is_same)::INTEGER, min(record_id) FILTER (NOT is_same) FROM repeated',
  );
  const [all, changed, id] = read.getRows()[0] as [number, number, string | null];
  if (changed > 0) {
    throw new UserError(
      `${file}: ${changed === 1 ? '1 record has' : `${changed} records have`} other values than the state knows of ${changed === 1 ? 'its id' : 'their ids'}, first "${id}": match all records anew with a new --state folder, or give what is new an id of its own.`,
    );
  }
  await files.run('DELETE FROM identities WHERE record_id IN (SELECT record_id FROM repeated)');
  return all;
}

/** Weights grow old: they were learnt from fewer records. */
function growthNote({ recordCount }: SavedModel, now: number): string[] {
  if (now < GROWTH * recordCount) return [];
  return [
    `Weights were learnt from ${recordCount} records, and there are ${now} now: match all records anew before long.`,
  ];
}
