import type { DuckDBConnection } from '@duckdb/node-api';
import { CatalogSnapshot } from './catalog-snapshot';
import type { DatasetEntry, StoredTable } from './entries';

/** Makes the catalog's own tables in a new DuckDB file. */
export async function createCatalogTables(connection: DuckDBConnection): Promise<void> {
  await connection.run(`
    BEGIN;
    CREATE SCHEMA IF NOT EXISTS _catalog;
    CREATE TABLE IF NOT EXISTS _catalog.datasets (key VARCHAR, entry VARCHAR);
    CREATE TABLE IF NOT EXISTS _catalog.tables (key VARCHAR, entry VARCHAR);
    CREATE TABLE IF NOT EXISTS _catalog.loads (key VARCHAR, entry VARCHAR);
    CREATE TABLE IF NOT EXISTS _catalog.sizes (version INTEGER, sizes VARCHAR);
    CREATE TABLE IF NOT EXISTS _catalog.version (version INTEGER);
    INSERT INTO _catalog.version
      SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM _catalog.version);
    COMMIT;
  `);
}

/** Reads the whole catalog; done once, at start. */
export async function readCatalog(connection: DuckDBConnection): Promise<CatalogSnapshot> {
  return new CatalogSnapshot(
    await readCatalogVersion(connection),
    await readEntries<DatasetEntry>(connection, 'datasets'),
    await readEntries<StoredTable>(connection, 'tables'),
  );
}

/** The version that this connection's transaction sees, which `before` may begin. */
export async function readCatalogVersion(
  connection: DuckDBConnection,
  before: 'BEGIN; ' | '' = '',
): Promise<number> {
  const reader = await connection.runAndReadAll(`${before}SELECT version FROM _catalog.version`);
  return Number(reader.getRows()[0]?.[0] ?? 0);
}

/** Entries by key of one of the catalog's own tables. */
export async function readEntries<T>(
  connection: DuckDBConnection,
  kind: 'datasets' | 'tables' | 'loads',
): Promise<Map<string, T>> {
  const reader = await connection.runAndReadAll(`SELECT key, entry FROM _catalog.${kind}`);
  return new Map(
    reader.getRows().map(([key, entry]) => [String(key), JSON.parse(String(entry)) as T]),
  );
}
