import { printSchema } from '../jobs/table-schema';
import type { StoredTable } from '../storage/entries';
import { etag } from './etag';
import { tableReference } from './job-resource';

/** A table or view as tables.list shows it. */
export function tableListItem(entry: StoredTable): object {
  const { path, partitioning, clustering, partitionExpirationMs } = entry;
  return {
    kind: 'bigquery#table',
    id: `${path.project}:${path.dataset}.${path.table}`,
    tableReference: tableReference(path),
    type: entry.kind,
    ...(entry.friendlyName && { friendlyName: entry.friendlyName }),
    ...(entry.labels && { labels: entry.labels }),
    creationTime: String(entry.createdAt),
    ...(entry.expirationTime && { expirationTime: String(entry.expirationTime) }),
    ...(partitioning && {
      timePartitioning: {
        type: partitioning.granularity,
        field: partitioning.column,
        ...(partitionExpirationMs && { expirationMs: String(partitionExpirationMs) }),
      },
    }),
    ...(partitioning?.requireFilter && { requirePartitionFilter: true }),
    ...(clustering && { clustering: { fields: clustering } }),
    ...(entry.viewSql !== undefined && { view: { query: entry.viewSql, useLegacySql: false } }),
  };
}

/** A table or view as tables.get shows it; `size` for tables only. */
export function tableResource(
  entry: StoredTable,
  size?: { readonly rowCount: number; readonly byteCount: number },
): object {
  return {
    ...tableListItem(entry),
    etag: etag(entry.modifiedAt),
    schema: { fields: printSchema(entry.columns, entry.fieldDescriptions) },
    ...(entry.description && { description: entry.description }),
    lastModifiedTime: String(entry.modifiedAt),
    ...(size && { numRows: String(size.rowCount), numBytes: String(size.byteCount) }),
  };
}
