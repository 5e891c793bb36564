import type { DuckDBConnection } from '@duckdb/node-api';
import type { CatalogSnapshot } from './catalog-snapshot';
import { knownSizes } from './known-sizes';

/**
 * Writes the sizes that were measured beside the version of the catalog, so that the next process
 * need not measure them again.
 */
export async function saveSizes(
  connection: DuckDBConnection,
  catalog: CatalogSnapshot,
): Promise<void> {
  const sizes = [...catalog.tables].flatMap(([key, entry]) => {
    const { rowCount, bytes } = knownSizes(entry);
    return rowCount === undefined && bytes.size === 0 ? [] : [[key, [...bytes], rowCount]];
  });
  await connection.run('BEGIN');
  await connection.run('DELETE FROM _catalog.sizes');
  await connection.run('INSERT INTO _catalog.sizes VALUES ($1, $2)', [
    catalog.version,
    JSON.stringify(sizes),
  ]);
  await connection.run('COMMIT');
}

/** Takes up saved sizes; those of another version, as a killed process leaves them, count nothing. */
export async function restoreSizes(
  connection: DuckDBConnection,
  catalog: CatalogSnapshot,
): Promise<void> {
  // A warehouse that is opened to be read alone may be older than this table.
  const found = await connection.runAndReadAll(
    "SELECT 1 FROM duckdb_tables() WHERE schema_name = '_catalog' AND table_name = 'sizes'",
  );
  if (found.getRows().length === 0) return;
  const saved = await connection.runAndReadAll(
    'SELECT sizes FROM _catalog.sizes WHERE version = $1',
    [catalog.version],
  );
  const text = saved.getRows()[0]?.[0] ?? '[]';
  const sizes = JSON.parse(String(text)) as [string, [string, number][], number?][];
  for (const [key, leaves, rowCount] of sizes) {
    const entry = catalog.tables.get(key);
    if (!entry) continue;
    const known = knownSizes(entry);
    known.rowCount = rowCount ?? undefined;
    for (const [leaf, bytes] of leaves) known.bytes.set(leaf, bytes);
  }
}
