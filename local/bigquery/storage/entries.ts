import type { TableEntry } from '../sql/catalog';
import type { DatasetPath } from '../sql/prepared';

export type { DatasetPath };

export interface DatasetEntry {
  readonly path: DatasetPath;
  readonly location: string;
  readonly friendlyName?: string;
  readonly description?: string;
  readonly labels?: Readonly<Record<string, string>>;
  /** Of new tables and partitions, in milliseconds. Kept and shown: nothing expires here. */
  readonly defaultTableExpirationMs?: number;
  readonly defaultPartitionExpirationMs?: number;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly modifiedAt: number;
}

/** A table or view as stored: what the analyzer knows, and what only the REST API shows. */
export interface StoredTable extends TableEntry {
  readonly friendlyName?: string;
  /** Descriptions of fields inside RECORD columns, by path ('consent.analytics'). */
  readonly fieldDescriptions?: Readonly<Record<string, string>>;
  /** Milliseconds since 1970. Kept and shown: nothing expires here. */
  readonly expirationTime?: number;
  readonly partitionExpirationMs?: number;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly modifiedAt: number;
}

/** One string per dataset; no part of a path may contain a dot but the project's domain. */
export function datasetKey(path: DatasetPath): string {
  return `${path.project}.${path.dataset}`;
}

export function tableKey(path: DatasetPath & { readonly table: string }): string {
  return `${path.project}.${path.dataset}.${path.table}`;
}

/** True for tables with columns: DuckDB has no table without any. */
export function hasStorage(entry: StoredTable): boolean {
  return entry.kind === 'TABLE' && entry.columns.length > 0;
}
