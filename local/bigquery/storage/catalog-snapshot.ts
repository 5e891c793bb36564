import type { Catalog, TablePath } from '../sql/catalog';
import {
  type DatasetEntry,
  type DatasetPath,
  datasetKey,
  type StoredTable,
  tableKey,
} from './entries';
import { knownSizes, type TableSizes } from './known-sizes';

/** The catalog as of one committed version; never changes. */
export class CatalogSnapshot implements Catalog {
  constructor(
    /** Counts the committed changes of the catalog; stands in the DuckDB file too. */
    readonly version: number,
    readonly datasets: ReadonlyMap<string, DatasetEntry>,
    readonly tables: ReadonlyMap<string, StoredTable>,
  ) {}

  find(path: TablePath): StoredTable | undefined {
    return this.tables.get(tableKey(path));
  }

  /** What is known of the sizes of a table in this catalog; what is measured is added to it. */
  sizesOf(entry: StoredTable): TableSizes {
    return knownSizes(entry);
  }

  findDataset(path: DatasetPath): DatasetEntry | undefined {
    return this.datasets.get(datasetKey(path));
  }

  /** The project's datasets by name. */
  listDatasets(project: string): DatasetEntry[] {
    return [...this.datasets.values()]
      .filter((entry) => entry.path.project === project)
      .sort((a, b) => compare(a.path.dataset, b.path.dataset));
  }

  /** The dataset's tables and views by name. */
  listTables(path: DatasetPath): StoredTable[] {
    return [...this.tables.values()]
      .filter((entry) => entry.path.project === path.project && entry.path.dataset === path.dataset)
      .sort((a, b) => compare(a.path.table, b.path.table));
  }
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
