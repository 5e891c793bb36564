import type { MatchSettings } from '@tributary/functions/identity/settings';
import type { Clock } from '@tributary/functions/shared/clock';
import { UserError } from '@tributary/functions/shared/errors';
import { type ChosenColumns, chooseColumns } from './choose-columns';
import { type Copies, findCopies } from './copies';
import { inColumnOrder, orderNotes } from './date-orders';
import { findRecords } from './find-records';
import type { MatchIncludes, Recipe } from './includes';
import { inputColumns, withForms } from './input-columns';
import type { MatchWarehouse } from './match-warehouse';
import { type InputTable, readTable, sqlName } from './read-table';

/** The records of the files, cleansed, in the warehouse. */
export interface PreparedRecords {
  readonly recipe: Recipe;
  readonly columns: ChosenColumns;
  readonly recordCount: number;
  readonly sourceCount: number;
  /** Pairs that could be compared. */
  readonly possiblePairs: number;
  readonly notes: readonly string[];
  readonly copies: Copies;
  /** Numbers of the records whose pair is to be explained. */
  readonly explained: readonly [number, number] | undefined;
  /** Quoted name of the table of records. */
  readonly table: string;
}

/**
 * Reads, checks and cleanses the files.
 *
 * @param options ids of the records whose pair is to be explained, and the clock that says which dates of
 *   birth lie ahead
 * @throws UserError where ids are missing, repeated or unknown, or nothing can be compared
 */
export async function prepareRecords(
  warehouse: MatchWarehouse,
  includes: MatchIncludes,
  files: readonly string[],
  settings: MatchSettings,
  options: { readonly explain?: readonly [string, string] | undefined; readonly clock: Clock },
): Promise<PreparedRecords> {
  const { explain, clock } = options;
  const { files: connection } = warehouse;
  const input = await readTable(connection, files, warehouse.folder);
  const columns = await withForms(
    warehouse,
    includes,
    chooseColumns(settings, input.columns),
    input.recordCount,
    clock,
  );
  if (columns.id !== undefined) await checkIds(warehouse, columns.id, files);
  const filed = { columns, sourceCount: files.length };
  const explained = explain && (await findRecords(warehouse, filed, explain));
  const notes = [
    ...input.notes,
    ...(await checkValues(warehouse, columns, input)),
    ...(await checkUnique(warehouse, columns)),
    ...columns.compared.flatMap((column) => orderNotes(column, files)),
  ];
  const slots = inputColumns(includes, columns, settings);
  const recipe = includes.recipe(slots);
  const fields = { record_no: 'INT64', source: 'INT64' };
  const loaded = await warehouse.load(
    'input',
    { ...fields, ...Object.fromEntries(slots.map(({ column }) => [column, 'STRING'])) },
    `SELECT "record no" AS record_no, CAST("source no" AS BIGINT) AS source, ${columns.compared
      .map((one) => `${inColumnOrder(one)} AS ${one.slot}`)
      .join(', ')} FROM input`,
  );
  const table = await warehouse.create('records', includes.queries.records(recipe, loaded));
  await warehouse.drop('input');
  const untold = await untoldNote(warehouse, table);
  return {
    recipe,
    ...filed,
    recordCount: input.recordCount,
    copies: await findCopies(warehouse, columns, recipe, table),
    explained,
    possiblePairs: await countPairs(warehouse, settings),
    notes: [...notes, ...untold],
    table,
  };
}

/** @param table quoted name of records */
export async function untoldNote(warehouse: MatchWarehouse, table: string): Promise<string[]> {
  const [found] = await warehouse.query<{ readonly untold: number }>(
    `SELECT COUNTIF(NOT says_enough) AS untold FROM ${table}`,
  );
  const untold = Number(found?.untold ?? 0);
  if (untold === 0) return [];
  return [
    `${untold === 1 ? '1 record says' : `${untold} records say`} too little to make pairs: one value or a place, and no e-mail, phone or identifier.`,
  ];
}

/** An id is what the answer says; a missing or repeated one would make it unreadable. */
export async function checkIds(
  { files }: MatchWarehouse,
  id: string,
  names: readonly string[],
): Promise<void> {
  const name = sqlName(id);
  const read = await files.runAndReadAll(
    `SELECT count(*)::INTEGER, min("record no")::INTEGER FROM input WHERE ${name} IS NULL`,
  );
  const [missing, first] = read.getRows()[0] as [number, number | null];
  if (missing > 0) {
    throw new UserError(
      `${names.join(', ')}: ${missing === 1 ? '1 record has' : `${missing} records have`} no ${id}, first record ${first}: give each an id, or name another column as "id" in the settings.`,
    );
  }
  const repeated = await files.runAndReadAll(
    `SELECT ${name}, count(*)::INTEGER, count(*) OVER ()::INTEGER FROM input GROUP BY ${name}, "source no" HAVING count(*) > 1 ORDER BY min("record no") LIMIT 1`,
  );
  const [row] = repeated.getRows();
  if (!row) return;
  const more = Number(row[2]) > 1 ? ` and ${Number(row[2]) - 1} more ids are repeated` : '';
  throw new UserError(
    `${names.join(', ')}: the ${id} "${row[0]}" stands in ${row[1]} records${more}: give each its own, or name another column as "id" in the settings.`,
  );
}

/** Columns that say nothing: empty ones, and those with one value throughout. */
async function checkValues(
  { files }: MatchWarehouse,
  { compared, ignored }: ChosenColumns,
  { recordCount }: InputTable,
): Promise<string[]> {
  const notes: string[] = [];
  if (ignored.length > 0) notes.push(`Not compared: ${ignored.join(', ')}.`);
  if (compared.length === 0) return notes;
  const counts = compared.map(
    ({ column }) =>
      `approx_count_distinct(${sqlName(column)})::INTEGER, count(${sqlName(column)})::INTEGER`,
  );
  const read = await files.runAndReadAll(`SELECT ${counts.join(', ')} FROM input`);
  const row = read.getRows()[0] as number[];
  for (const [at, { column }] of compared.entries()) {
    const [distinct = 0, filled = 0] = [row[2 * at], row[2 * at + 1]];
    if (filled === 0) notes.push(`${column} is empty; it says nothing.`);
    else if (distinct === 1 && filled === recordCount) {
      notes.push(`${column} has the same value in all records; it says nothing.`);
    }
  }
  return notes;
}

/** A login of more records than this may be what many people write who have none. */
const MANY_RECORDS = 20;

/** What joins very many records, whatever else they say. */
async function checkUnique(
  { files }: MatchWarehouse,
  { unique }: ChosenColumns,
): Promise<string[]> {
  const notes: string[] = [];
  for (const column of unique) {
    const value = `said(${sqlName(column)})`;
    const read = await files.runAndReadAll(
      `SELECT ${value} AS value, count(*)::INTEGER AS records FROM input WHERE ${value} IS NOT NULL
       GROUP BY ALL ORDER BY records DESC, value LIMIT 1`,
    );
    const [text, records = 0] = (read.getRows()[0] ?? []) as [string?, number?];
    if (records <= MANY_RECORDS) continue;
    notes.push(
      `${column} "${text}" makes ${records} records one person; empty it if it is none's.`,
    );
  }
  return notes;
}

async function countPairs({ files }: MatchWarehouse, settings: MatchSettings): Promise<number> {
  const read = await files.runAndReadAll(
    'SELECT count(*)::DOUBLE FROM input GROUP BY "source no" ORDER BY "source no"',
  );
  const sizes = read.getRows().map((row) => Number(row[0]));
  const all = sizes.reduce((sum, size) => sum + size, 0);
  const within = settings.compare === 'between_files' ? sizes : [];
  const pairs = (size: number) => (size * (size - 1)) / 2;
  const possible = pairs(all) - within.reduce((sum, size) => sum + pairs(size), 0);
  if (possible > 0) return possible;
  throw new UserError('All records are of one file: give two files with records to compare.');
}
