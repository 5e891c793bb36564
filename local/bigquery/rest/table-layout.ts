import { z } from 'zod';
import type { Column, Partitioning } from '../sql/catalog';
import { BigQueryError } from '../sql/errors';

export const timePartitioningBody = z.object({
  type: z.enum(['HOUR', 'DAY', 'MONTH', 'YEAR']).default('DAY'),
  field: z.string().optional(),
  requirePartitionFilter: z.boolean().nullish(),
});

export const clusteringBody = z.object({ fields: z.array(z.string()).max(4) });

interface LayoutBody {
  readonly timePartitioning?: z.infer<typeof timePartitioningBody> | null | undefined;
  readonly clustering?: z.infer<typeof clusteringBody> | null | undefined;
  readonly requirePartitionFilter?: boolean | null | undefined;
}

/**
 * Partitioning and clustering as the catalog keeps them: known to clients, not applied to the
 * data. Throws 'invalid' for columns that the table does not have.
 */
export function layout(
  columns: readonly Column[],
  body: LayoutBody,
): { partitioning?: Partitioning; clustering?: readonly string[] } {
  const { timePartitioning, clustering } = body;
  const requireColumn = (name: string, what: string): void => {
    if (!columns.some((column) => column.name.toLowerCase() === name.toLowerCase())) {
      throw new BigQueryError(
        'invalid',
        `The field specified for ${what} cannot be found in the schema: ${name}`,
      );
    }
  };
  if (timePartitioning && !timePartitioning.field) {
    throw new BigQueryError(
      'invalid',
      'The local BigQuery does not support ingestion-time partitioning: name a column in timePartitioning.field',
    );
  }
  if (timePartitioning?.field) requireColumn(timePartitioning.field, 'partitioning');
  for (const name of clustering?.fields ?? []) requireColumn(name, 'clustering');
  return {
    ...(timePartitioning?.field && {
      partitioning: {
        column: timePartitioning.field,
        granularity: timePartitioning.type,
        requireFilter:
          body.requirePartitionFilter ?? timePartitioning.requirePartitionFilter ?? false,
      },
    }),
    ...(clustering && { clustering: clustering.fields }),
  };
}
