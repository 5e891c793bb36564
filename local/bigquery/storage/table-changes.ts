import type { Column, TablePath } from '../sql/catalog';
import { BigQueryError } from '../sql/errors';
import { duckTable, printPath, quoteIdentifier } from '../sql/names';
import { toDuckType } from '../sql/types';
import { defaultOf, setDefault } from './array-columns';
import type { CatalogSnapshot } from './catalog-snapshot';
import { requireDataset } from './dataset-changes';
import { hasStorage, type StoredTable } from './entries';
import { keepSizes, knownSizes, noteRowCount } from './known-sizes';
import type { WriteSession } from './storage';

/** Throws BigQuery's 'notFound' where there is no such table or view. */
export function requireTable(catalog: CatalogSnapshot, path: TablePath): StoredTable {
  const entry = catalog.find(path);
  if (!entry) {
    requireDataset(catalog, path);
    throw new BigQueryError(
      'notFound',
      `Not found: Table ${path.project}:${path.dataset}.${path.table}`,
    );
  }
  return entry;
}

/** Makes an empty table or a view; `replace` drops what had the name. */
export async function createTable(
  session: WriteSession,
  entry: StoredTable,
  replace = false,
): Promise<void> {
  await makeRoom(session, entry, replace);
  if (entry.kind === 'TABLE') {
    const columns = entry.columns.map(
      ({ name, type, required }) =>
        `${quoteIdentifier(name)} ${toDuckType(type)}${defaultOf(type)}${required ? ' NOT NULL' : ''}`,
    );
    if (columns.length > 0) {
      await session.connection.run(`CREATE TABLE ${duckTable(entry.path)} (${columns.join(', ')})`);
    }
  }
  noteRowCount(entry, 0);
  session.catalog.putTable(entry);
}

/**
 * Makes a table from the rows of compiled SQL, whose columns are `entry.columns` by position.
 * With `replace`, the SQL may read the table that it replaces. `unlike` names columns whose texts
 * hardly repeat: these are written as they are. Answers the number of rows.
 */
export async function createTableAs(
  session: WriteSession,
  entry: StoredTable,
  sql: string,
  replace = false,
  unlike: ReadonlySet<string> = new Set(),
): Promise<number> {
  const { connection } = session;
  const table = duckTable(entry.path);
  const existing = replace ? session.catalog.find(entry.path) : undefined;
  // Made under a draft name where the rows may come from the table that goes.
  const made = existing ? duckTable({ ...entry.path, table: `${entry.path.table}$new` }) : table;
  if (!existing) await makeRoom(session, entry, replace);
  const names = entry.columns.map((_, index) => `c${index}`);
  const columns = entry.columns.map(
    ({ name, type }, index) => `c${index}::${toDuckType(type)} AS ${quoteIdentifier(name)}`,
  );
  const rows = `SELECT ${columns.join(', ')} FROM (${sql}\n) AS q(${names.join(', ')})`;
  if (unlike.size > 0) {
    const written = entry.columns.map(({ name, type }) => {
      const column = `${quoteIdentifier(name)} ${toDuckType(type)}`;
      return unlike.has(name) ? `${column} USING COMPRESSION uncompressed` : column;
    });
    await connection.run(`CREATE TABLE ${made} (${written.join(', ')})`);
  }
  const created = await connection.run(
    unlike.size > 0 ? `INSERT INTO ${made} ${rows}` : `CREATE TABLE ${made} AS ${rows}`,
  );
  if (existing) {
    await makeRoom(session, entry, true);
    await connection.run(`ALTER TABLE ${made} RENAME TO ${quoteIdentifier(entry.path.table)}`);
  }
  const rules = entry.columns.flatMap((column) => [
    ...(column.required ? [`ALTER COLUMN ${quoteIdentifier(column.name)} SET NOT NULL`] : []),
    ...setDefault(column),
  ]);
  if (rules.length > 0) {
    await connection.run(rules.map((rule) => `ALTER TABLE ${table} ${rule}`).join('; '));
  }
  const rowCount = Number((await created.getRows())[0]?.[0] ?? 0);
  noteRowCount(entry, rowCount);
  session.catalog.putTable(entry);
  return rowCount;
}

/** Drops a table or view. */
export async function dropTable(session: WriteSession, path: TablePath): Promise<void> {
  const entry = requireTable(session.catalog, path);
  if (hasStorage(entry)) await session.connection.run(`DROP TABLE ${duckTable(path)}`);
  session.catalog.removeTable(path);
}

/** Gives a table another name in its dataset. */
export async function renameTable(
  session: WriteSession,
  entry: StoredTable,
  name: string,
): Promise<StoredTable> {
  const renamed = { ...entry, path: { ...entry.path, table: name } };
  await makeRoom(session, renamed, false);
  if (hasStorage(entry)) {
    await session.connection.run(
      `ALTER TABLE ${duckTable(entry.path)} RENAME TO ${quoteIdentifier(name)}`,
    );
  }
  session.catalog.removeTable(entry.path);
  session.catalog.putTable(renamed);
  return renamed;
}

/** Gives a table other metadata; its rows stay as they are. */
export function describeTable(
  session: WriteSession,
  before: StoredTable,
  after: StoredTable,
): void {
  keepSizes(before, after);
  session.catalog.putTable(after);
}

/** Notes that the rows of a table changed; `added` where it is known how many more they are. */
export function touchTable(
  session: WriteSession,
  path: TablePath,
  now: number,
  added?: number,
): void {
  const entry = session.catalog.find(path);
  if (!entry) return;
  const touched = { ...entry, modifiedAt: now };
  const before = knownSizes(entry).rowCount;
  if (before !== undefined && added !== undefined) noteRowCount(touched, before + added);
  session.catalog.putTable(touched);
}

/** Runs 'INSERT INTO table ' and the rest of it. Answers the number of rows. */
export async function insertRows(
  session: WriteSession,
  path: TablePath,
  rest: string,
  now: number,
): Promise<number> {
  const result = await session.connection.run(`INSERT INTO ${duckTable(path)} ${rest}`);
  const rowCount = Number((await result.getRows())[0]?.[0] ?? 0);
  touchTable(session, path, now, rowCount);
  return rowCount;
}

/** Adds NULLABLE or REPEATED columns at the end of a table. */
export async function addColumns(
  session: WriteSession,
  path: TablePath,
  columns: readonly Column[],
): Promise<void> {
  for (const { name, type, required } of columns) {
    if (required) {
      throw new BigQueryError(
        'invalid',
        `Provided Schema does not match Table ${printPath(path)}. Cannot add required fields to an existing schema. (field: ${name})`,
      );
    }
    await session.connection.run(
      `ALTER TABLE ${duckTable(path)} ADD COLUMN ${quoteIdentifier(name)} ${toDuckType(type)}${defaultOf(type)}`,
    );
  }
}

/** Of any script; a decorator such as $20260101 is no part of a name. */
const TABLE_ID = /^(?!\s)[\p{L}\p{M}\p{N}\p{Pc}\p{Pd}\p{Zs}]+$/u;

async function makeRoom(
  session: WriteSession,
  entry: StoredTable,
  replace: boolean,
): Promise<void> {
  const { path } = entry;
  requireDataset(session.catalog, path);
  if (!TABLE_ID.test(path.table) || Buffer.byteLength(path.table) > 1024) {
    throw new BigQueryError(
      'invalid',
      `Invalid table ID "${path.table}": use letters, digits, underscores, dashes and spaces, 1024 bytes at most`,
    );
  }
  const existing = session.catalog.find(path);
  if (!existing) {
    refuseTwin(session.catalog, path);
    return;
  }
  if (!replace) {
    throw new BigQueryError(
      'duplicate',
      `Already Exists: Table ${path.project}:${path.dataset}.${path.table}`,
    );
  }
  if (existing.kind !== entry.kind) {
    throw new BigQueryError(
      'invalid',
      `${printPath(path)} is a ${existing.kind.toLowerCase()}, so it cannot be replaced by a ${entry.kind.toLowerCase()}: drop it first`,
    );
  }
  await dropTable(session, path);
}

/** DuckDB cannot keep names apart that differ in upper and lower case only; BigQuery can. */
function refuseTwin(catalog: CatalogSnapshot, path: TablePath): void {
  const twin = catalog
    .listTables(path)
    .find((entry) => entry.path.table.toLowerCase() === path.table.toLowerCase());
  if (twin) {
    throw new BigQueryError(
      'duplicate',
      `Table ${printPath(path)} differs from ${twin.path.table} in upper and lower case only, which the local BigQuery cannot keep apart: rename one`,
    );
  }
}
