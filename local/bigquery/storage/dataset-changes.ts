import { BigQueryError } from '../sql/errors';
import { duckSchema, duckTable } from '../sql/names';
import type { CatalogSnapshot } from './catalog-snapshot';
import type { DatasetEntry, DatasetPath } from './entries';
import type { WriteSession } from './storage';

/** Throws BigQuery's 'notFound' where there is no such dataset. */
export function requireDataset(catalog: CatalogSnapshot, path: DatasetPath): DatasetEntry {
  const entry = catalog.findDataset(path);
  if (!entry) {
    throw new BigQueryError('notFound', `Not found: Dataset ${path.project}:${path.dataset}`);
  }
  return entry;
}

/** Makes a dataset. Throws 'duplicate' where it exists, 'invalid' for a name BigQuery refuses. */
export async function createDataset(session: WriteSession, entry: DatasetEntry): Promise<void> {
  const { path } = entry;
  if (!/^\w{1,1024}$/.test(path.dataset)) {
    throw new BigQueryError(
      'invalid',
      `Invalid dataset ID "${path.dataset}": use letters, numbers and underscores only`,
    );
  }
  if (session.catalog.findDataset(path)) {
    throw new BigQueryError('duplicate', `Already Exists: Dataset ${path.project}:${path.dataset}`);
  }
  await session.connection.run(`CREATE SCHEMA ${duckSchema(path)}`);
  session.catalog.putDataset(entry);
}

/** Drops a dataset; one with tables only if `withContents`. */
export async function dropDataset(
  session: WriteSession,
  path: DatasetPath,
  withContents: boolean,
): Promise<void> {
  requireDataset(session.catalog, path);
  const tables = session.catalog.listTables(path);
  if (!withContents && tables.length > 0) {
    throw new BigQueryError(
      'resourceInUse',
      `Dataset ${path.project}:${path.dataset} is still in use`,
    );
  }
  // One by one: DROP SCHEMA CASCADE cannot drop tables that this transaction has filled.
  for (const table of tables) {
    await session.connection.run(`DROP TABLE IF EXISTS ${duckTable(table.path)}`);
  }
  await session.connection.run(`DROP SCHEMA ${duckSchema(path)} CASCADE`);
  session.catalog.removeDataset(path);
}
