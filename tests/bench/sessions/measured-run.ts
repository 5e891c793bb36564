import { type ModelCost, readCosts } from '@tributary/local/cli/costs/model-costs';
import { runDataform } from '@tributary/local/cli/dataform';
import type { Project } from '@tributary/local/cli/project';
import { onLaptop } from '@tributary/local/cli/warehouse';
import { descendants, peakMegabytes, processorSeconds, watchPeaks } from './memory';
import type { ServedWarehouse } from './serve';

/** What stands at the end of "from staging to the costs of sessions"; all they read is run too. */
const ACTIONS = ['sessions', 'session_products', 'int_sessions__unplaced_costs'];

/** One `dataform run`. */
export interface MeasuredRun {
  /** From the command to its end. */
  readonly seconds: number;
  /** Of the processor, in the local BigQuery: what other work on the machine changes less. */
  readonly processorSeconds: number;
  readonly models: readonly ModelCost[];
  /** Peaks in megabytes: the local BigQuery, Google's analyzer below it, dataform. */
  readonly memory: {
    readonly server: number;
    readonly analyzer: number;
    readonly dataform: number;
  };
}

export async function measureRun(
  project: Project,
  dir: string,
  server: ServedWarehouse,
): Promise<MeasuredRun> {
  const jobs = new Map<string, string[]>();
  const since = Date.now();
  const used = processorSeconds(server.pid);
  const isServer = (pid: number) => pid === server.pid || descendants(server.pid).includes(pid);
  const { megabytes } = await watchPeaks(process.pid, isServer, () =>
    runDataform({
      project,
      endpoint: server.url,
      tags: [],
      actions: ACTIONS,
      onAction: () => {},
      onJobs: (action, ids) => jobs.set(action, [...(jobs.get(action) ?? []), ...ids]),
    }),
  );
  const seconds = (Date.now() - since) / 1000;
  const usedThen = processorSeconds(server.pid);
  const models = await readCosts(onLaptop(project, dir, server.url), jobs, since);
  const analyzer = descendants(server.pid).map(peakMegabytes);
  return {
    seconds,
    processorSeconds: usedThen - used,
    models: [...models].sort((a, b) => b.seconds - a.seconds),
    memory: {
      server: peakMegabytes(server.pid),
      analyzer: analyzer.reduce((sum, peak) => sum + peak, 0),
      dataform: megabytes,
    },
  };
}

export function sumOf(run: MeasuredRun, value: (model: ModelCost) => number): number {
  return run.models.reduce((total, model) => total + value(model), 0);
}
