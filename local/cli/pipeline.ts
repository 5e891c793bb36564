import { runDataform } from './dataform';
import type { Progress } from './progress';
import type { Project } from './project';
import type { OpenWarehouse } from './warehouse';

export interface PipelineOptions {
  readonly fullRefresh?: boolean;
  /** Runs the models of these tags alone, without training. */
  readonly tags?: readonly string[];
}

/** The whole way of the data: models to journeys, training, models from attribution on. */
export async function runPipeline(
  open: OpenWarehouse,
  progress: Progress,
  options: PipelineOptions = {},
): Promise<void> {
  await open.warehouse.ensureRawTables();
  if (options.tags?.length) {
    await runModels(
      open,
      progress,
      `Models tagged ${options.tags.join(', ')}`,
      options.tags,
      options,
    );
    return;
  }
  await runModels(open, progress, 'Models: staging to journeys', ['prepare'], options);
  await trainModels(open, progress);
  await runModels(open, progress, 'Models: attribution to activation', ['score'], options);
}

async function runModels(
  open: OpenWarehouse,
  progress: Progress,
  title: string,
  tags: readonly string[],
  options: PipelineOptions,
): Promise<void> {
  await progress.step(title, (update) =>
    runDataform({
      project: open.project,
      endpoint: open.endpoint,
      tags,
      ...(options.fullRefresh ? { fullRefresh: true } : {}),
      onAction: (action, done) => update(`${done} done, last ${action.name}`),
    }),
  );
}

export async function trainModels(open: OpenWarehouse, progress: Progress): Promise<void> {
  const { trainIhc } = await import('@tributary/functions/attribution/train-ihc');
  const { systemClock } = await import('@tributary/functions/shared/clock');
  const results = await progress.step('Training of IHC', () =>
    trainIhc({ warehouse: open.warehouse, clock: systemClock, ...datasetNames(open.project) }),
  );
  for (const result of results) {
    if (result.outcome === 'refused')
      progress.warn(`IHC ${result.conversionType}: ${result.reason}`);
    else {
      progress.note(`  IHC ${result.conversionType}: ${result.outcome}, ${result.modelVersion}`);
      for (const warning of result.warnings) progress.warn(warning);
    }
  }
}

function datasetNames(project: Project): { rawDataset: string; dataset: string } {
  return { rawDataset: project.rawDataset, dataset: project.dataset };
}
