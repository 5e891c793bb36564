import type { TablePath } from '../sql/catalog';
import { quoteString } from '../sql/names';
import { CatalogSnapshot } from './catalog-snapshot';
import {
  type DatasetEntry,
  type DatasetPath,
  datasetKey,
  type StoredTable,
  tableKey,
} from './entries';
import { DraftSizes, type TableSizes } from './known-sizes';

/**
 * The catalog as one transaction sees it: a snapshot with the transaction's own changes on top.
 * They are saved in the same transaction, so that they are committed or rolled back with the data.
 */
export class CatalogEdit extends CatalogSnapshot {
  declare readonly datasets: Map<string, DatasetEntry>;
  declare readonly tables: Map<string, StoredTable>;
  private readonly changedDatasets = new Set<string>();
  private readonly changedTables = new Set<string>();
  private readonly sizes = new DraftSizes();

  constructor(private readonly base: CatalogSnapshot) {
    super(base.version + 1, new Map(base.datasets), new Map(base.tables));
  }

  get isChanged(): boolean {
    return this.changedDatasets.size > 0 || this.changedTables.size > 0;
  }

  /** Measured inside the transaction, so nobody else's before it is committed. */
  override sizesOf(entry: StoredTable): TableSizes {
    return this.sizes.of(entry);
  }

  /** After the commit: what was measured of tables as they are now is known to all. */
  publishSizes(): void {
    this.sizes.publish((entry) => this.find(entry.path) === entry);
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

  /** The statements that save it; each costs as much as a small query, so they are few. */
  changes(): string[] {
    return [
      ...entryChanges('datasets', this.changedDatasets, this.base, this),
      ...entryChanges('tables', this.changedTables, this.base, this),
      `UPDATE _catalog.version SET version = ${this.version}`,
    ];
  }
}

function entryChanges(
  kind: 'datasets' | 'tables',
  changed: ReadonlySet<string>,
  { [kind]: before }: CatalogSnapshot,
  { [kind]: after }: CatalogSnapshot,
): string[] {
  const old = [...changed].filter((key) => before.has(key)).map(quoteString);
  const rows = [...changed].flatMap((key) => {
    const entry = after.get(key);
    return entry ? [`(${quoteString(key)}, ${quoteString(JSON.stringify(entry))})`] : [];
  });
  return [
    ...(old.length > 0 ? [`DELETE FROM _catalog.${kind} WHERE key IN (${old.join(', ')})`] : []),
    ...(rows.length > 0 ? [`INSERT INTO _catalog.${kind} VALUES ${rows.join(', ')}`] : []),
  ];
}
