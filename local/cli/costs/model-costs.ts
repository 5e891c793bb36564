import { createClient } from '@tributary/functions/warehouse/client';
import { type OpenWarehouse, warehouseConfig } from '../warehouse';

/** What one model or assertion of a run has cost. */
export interface ModelCost {
  readonly model: string;
  /** Time that its jobs ran. */
  readonly seconds: number;
  /** Logical bytes of the columns and partitions read. */
  readonly bytesRead: number;
  /** With at least 10 MB of each table, in whole MB. */
  readonly bytesBilled: number;
}

/** A job as jobs.list shows it, as far as it tells of costs. */
interface JobStatistics {
  readonly jobId: string;
  readonly startTime?: string | undefined;
  readonly endTime?: string | undefined;
  readonly totalBytesProcessed?: string | undefined;
  readonly estimatedBytesProcessed?: string | undefined;
  readonly totalBytesBilled?: string | undefined;
}

/** The jobs of a run's models, by the model's name. */
type ModelJobs = ReadonlyMap<string, readonly string[]>;

/**
 * Asks BigQuery, local or in the cloud, what the models have cost.
 *
 * @param since no job of the run is older; milliseconds since 1970
 */
export async function readCosts(
  open: OpenWarehouse,
  jobs: ModelJobs,
  since: number,
): Promise<ModelCost[]> {
  const client = createClient(warehouseConfig(open));
  const [list] = await client.getJobs({ minCreationTime: String(since), projection: 'full' });
  return sumCosts(
    jobs,
    list.map(({ id, metadata }) => ({
      ...metadata?.statistics?.query,
      ...metadata?.statistics,
      jobId: id ?? '',
    })),
  );
}

/** Costs by model, the dearest first. */
export function sumCosts(jobs: ModelJobs, statistics: readonly JobStatistics[]): ModelCost[] {
  const byId = new Map(statistics.map((job) => [job.jobId, job]));
  const costs = [...jobs].map(([model, ids]) => {
    const known = ids.flatMap((id) => byId.get(id) ?? []);
    const sum = (value: (job: JobStatistics) => number): number =>
      known.reduce((total, job) => total + value(job), 0);
    return {
      model,
      seconds: sum(
        ({ startTime, endTime }) =>
          (Number(endTime ?? 0) - Number(startTime ?? endTime ?? 0)) / 1000,
      ),
      // BigQuery itself gives an estimate only where it has one.
      bytesRead: sum((job) => Number(job.estimatedBytesProcessed ?? job.totalBytesProcessed ?? 0)),
      bytesBilled: sum((job) => Number(job.totalBytesBilled ?? 0)),
    };
  });
  return costs.sort(
    (a, b) =>
      b.bytesBilled - a.bytesBilled || b.bytesRead - a.bytesRead || (a.model < b.model ? -1 : 1),
  );
}
