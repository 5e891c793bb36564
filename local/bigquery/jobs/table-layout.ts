import { z } from 'zod';
import type { Column } from '../sql/catalog';
import { BigQueryError } from '../sql/errors';
import type { StoredTable } from '../storage/entries';
import { requestObject, wholeNumber } from './request-fields';

export const timePartitioningBody = requestObject({
  type: z.enum(['HOUR', 'DAY', 'MONTH', 'YEAR']).default('DAY'),
  field: z.string().optional(),
  requirePartitionFilter: z.boolean().nullish(),
  expirationMs: wholeNumber.nullish(),
});

export const clusteringBody = z.object({ fields: z.array(z.string()).max(4) });

interface LayoutBody {
  readonly timePartitioning?: z.infer<typeof timePartitioningBody> | null | undefined;
  readonly clustering?: z.infer<typeof clusteringBody> | null | undefined;
  readonly requirePartitionFilter?: boolean | null | undefined;
}

type Layout = Pick<StoredTable, 'partitioning' | 'clustering' | 'partitionExpirationMs'>;

/**
 * Partitioning and clustering of a new table, as the catalog keeps them: known to clients, not
 * applied to the data. Throws 'invalid' for columns that the table does not have.
 */
export function layout(columns: readonly Column[], body: LayoutBody): Layout {
  const { timePartitioning, clustering } = body;
  if (timePartitioning && !timePartitioning.field) {
    throw new BigQueryError(
      'invalid',
      'The local BigQuery does not support ingestion-time partitioning: name a column in timePartitioning.field',
    );
  }
  if (body.requirePartitionFilter && !timePartitioning) throw notPartitioned();
  if (timePartitioning?.field) requireColumn(columns, timePartitioning.field, 'partitioning');
  for (const name of clustering?.fields ?? []) requireColumn(columns, name, 'clustering');
  return {
    ...(timePartitioning?.field && {
      partitioning: {
        column: timePartitioning.field,
        granularity: timePartitioning.type,
        requireFilter:
          body.requirePartitionFilter ?? timePartitioning.requirePartitionFilter ?? false,
      },
    }),
    ...(timePartitioning?.expirationMs && {
      partitionExpirationMs: timePartitioning.expirationMs,
    }),
    ...(clustering && { clustering: clustering.fields }),
  };
}

/**
 * A table with the layout changed as tables.patch may: clustering, the expiration of partitions,
 * and whether a filter is required. Throws 'invalid' where the partitioning would be another.
 */
export function patchLayout(entry: StoredTable, body: LayoutBody): StoredTable {
  const { timePartitioning, clustering, requirePartitionFilter } = body;
  const { partitioning } = entry;
  const isOther =
    timePartitioning === null
      ? partitioning !== undefined
      : timePartitioning !== undefined &&
        (timePartitioning.field?.toLowerCase() !== partitioning?.column.toLowerCase() ||
          timePartitioning.type !== partitioning?.granularity);
  if (isOther) {
    throw new BigQueryError(
      'invalid',
      `Cannot change the partitioning of table ${entry.path.table}: make another table and copy the rows`,
    );
  }
  const requireFilter = requirePartitionFilter ?? timePartitioning?.requirePartitionFilter;
  if (requireFilter && !partitioning) throw notPartitioned();
  for (const name of clustering?.fields ?? []) requireColumn(entry.columns, name, 'clustering');
  const { clustering: before, partitionExpirationMs, ...rest } = entry;
  const fields = clustering === undefined ? before : clustering?.fields;
  const expirationMs = timePartitioning ? timePartitioning.expirationMs : partitionExpirationMs;
  return {
    ...rest,
    ...(fields && { clustering: fields }),
    ...(expirationMs && { partitionExpirationMs: expirationMs }),
    ...(partitioning && {
      partitioning: {
        ...partitioning,
        requireFilter: requireFilter ?? partitioning.requireFilter,
      },
    }),
  };
}

function requireColumn(columns: readonly Column[], name: string, what: string): void {
  if (columns.some((column) => column.name.toLowerCase() === name.toLowerCase())) return;
  throw new BigQueryError(
    'invalid',
    `The field specified for ${what} cannot be found in the schema: ${name}`,
  );
}

function notPartitioned(): BigQueryError {
  return new BigQueryError('invalid', 'requirePartitionFilter needs a partitioned table');
}
