import { createClient, explain } from '@tributary/functions/warehouse/client';
import { type OpenWarehouse, warehouseConfig } from '../warehouse';
import { formatBytes, formatPrice, priceOf } from './price';

interface QueryCost {
  /** Logical bytes of the columns and partitions that the query would read. */
  readonly bytesRead: number;
  /** What would be billed of it. */
  readonly bytesBilled: number;
}

/** What a query would cost, without running it. Throws what is wrong with it. */
export async function queryCost(open: OpenWarehouse, sql: string): Promise<QueryCost> {
  const config = warehouseConfig(open);
  const defaultDataset = { projectId: config.projectId, datasetId: config.dataset };
  try {
    const [job] = await createClient(config).createQueryJob({
      query: sql,
      dryRun: true,
      defaultDataset,
    });
    const { query, totalBytesProcessed } = job.metadata.statistics;
    return {
      bytesRead: Number(query?.estimatedBytesProcessed ?? totalBytesProcessed ?? 0),
      // BigQuery itself bills nothing for a dry run, and says so.
      bytesBilled: Number(query?.totalBytesBilled || totalBytesProcessed || 0),
    };
  } catch (error) {
    throw explain(error, config);
  }
}

/** One sentence for people. */
export function printQueryCost({ bytesRead, bytesBilled }: QueryCost, pricePerTib: number): string {
  const price = formatPrice(priceOf(bytesBilled, pricePerTib));
  return `The query would read ${formatBytes(bytesRead)}; BigQuery would bill ${formatBytes(bytesBilled)}, ${price} at ${pricePerTib} USD per TiB.`;
}
