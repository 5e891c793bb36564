import type { DuckDBConnection } from '@duckdb/node-api';
import type { TablePath } from '../sql/catalog';
import { CatalogSnapshot } from './catalog-snapshot';
import {
  type DatasetEntry,
  type DatasetPath,
  datasetKey,
  type StoredTable,
  tableKey,
} from './entries';

/**
 * The catalog as one transaction sees it: a snapshot with the transaction's own changes on top.
 * `save` writes the changes through the transaction's connection, so that they are committed or
 * rolled back with the data.
 */
export class CatalogEdit extends CatalogSnapshot {
  declare readonly datasets: Map<string, DatasetEntry>;
  declare readonly tables: Map<string, StoredTable>;
  private readonly changedDatasets = new Set<string>();
  private readonly changedTables = new Set<string>();

  constructor(base: CatalogSnapshot) {
    super(base.version + 1, new Map(base.datasets), new Map(base.tables));
  }

  get isChanged(): boolean {
    return this.changedDatasets.size > 0 || this.changedTables.size > 0;
  }

  putDataset(entry: DatasetEntry): void {
    const key = datasetKey(entry.path);
    this.datasets.set(key, entry);
    this.changedDatasets.add(key);
  }

  removeDataset(path: DatasetPath): void {
    for (const table of this.listTables(path)) this.removeTable(table.path);
    this.datasets.delete(datasetKey(path));
    this.changedDatasets.add(datasetKey(path));
  }

  putTable(entry: StoredTable): void {
    const key = tableKey(entry.path);
    this.tables.set(key, entry);
    this.changedTables.add(key);
  }

  removeTable(path: TablePath): void {
    this.tables.delete(tableKey(path));
    this.changedTables.add(tableKey(path));
  }

  /** The edited catalog as a snapshot, to be published after the commit. */
  freeze(): CatalogSnapshot {
    return new CatalogSnapshot(this.version, this.datasets, this.tables);
  }

  async save(connection: DuckDBConnection): Promise<void> {
    for (const key of this.changedDatasets) {
      await saveEntry(connection, 'datasets', key, this.datasets.get(key));
    }
    for (const key of this.changedTables) {
      await saveEntry(connection, 'tables', key, this.tables.get(key));
    }
    await connection.run('UPDATE _catalog.version SET version = $1', [this.version]);
  }
}

async function saveEntry(
  connection: DuckDBConnection,
  kind: 'datasets' | 'tables',
  key: string,
  entry: object | undefined,
): Promise<void> {
  await connection.run(`DELETE FROM _catalog.${kind} WHERE key = $1`, [key]);
  if (entry) {
    await connection.run(`INSERT INTO _catalog.${kind} VALUES ($1, $2)`, [
      key,
      JSON.stringify(entry),
    ]);
  }
}
