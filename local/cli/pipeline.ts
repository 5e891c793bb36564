import type { TrainIhcResult } from '@tributary/functions/attribution/train-ihc';
import type { TrainModelsResult } from '@tributary/functions/attribution/train-models';
import type { OnJobs } from './dataform';
import { compileAhead, type ModelRun } from './model-run';
import type { Progress } from './progress';
import type { Project } from './project';
import type { OpenWarehouse } from './warehouse';

export interface PipelineOptions {
  readonly fullRefresh?: boolean;
  /** Runs the models of these tags alone, without training. */
  readonly tags?: readonly string[];
  readonly onJobs?: OnJobs;
}

/**
 * The whole way of the data: models to the evidence between visitors, its training, models to
 * journeys, training of attribution, models from attribution on. A project of somebody else has no
 * such stages and tables: all of its models run at once.
 *
 * @param makeData what must be in the warehouse first; the models are compiled meanwhile
 */
export async function runPipeline(
  open: OpenWarehouse,
  progress: Progress,
  options: PipelineOptions = {},
  makeData: () => Promise<void> = async () => {},
): Promise<void> {
  const { fullRefresh = false, tags, onJobs } = options;
  const runs: ModelRun[] = [];
  const compile = async (title: string, of: readonly string[]): Promise<ModelRun> => {
    const run = await compileAhead(open, { title, tags: of, fullRefresh, onJobs });
    runs.push(run);
    return run;
  };
  try {
    if (tags?.length) {
      const some = await compile(`Models tagged ${tags.join(', ')}`, tags);
      if (open.project.isOurs) await open.warehouse.ensureRawTables();
      return await some.run(progress);
    }
    if (!open.project.isOurs) return await (await compile('Models', [])).run(progress);
    const prepare = await compile('Models: staging to evidence', ['prepare']);
    await open.warehouse.ensureRawTables();
    await makeData();
    const match = await compile('Models: matches to journeys', ['match']);
    await prepare.run(progress);
    await trainVisitorMatching(open, progress);
    const score = await compile('Models: attribution to activation', ['score']);
    await match.run(progress);
    await trainModels(open, progress);
    await score.run(progress);
  } finally {
    await Promise.all(runs.map((run) => run.stop()));
  }
}

/**
 * What stands between the models to journeys and those from attribution on. IHC is trained while the
 * slowest of the other models begin on another core.
 */
export async function trainModels(open: OpenWarehouse, progress: Progress): Promise<void> {
  const { trainIhc } = await import('@tributary/functions/attribution/train-ihc');
  const { trainModels: train } = await import('@tributary/functions/attribution/train-models');
  const { systemClock } = await import('@tributary/functions/shared/clock');
  const base = { warehouse: open.warehouse, clock: systemClock, ...datasetNames(open.project) };
  const [ihc, others] = await progress.step('Training of attribution', () => {
    const ihcTraining = trainIhc(base);
    return Promise.all([ihcTraining, train({ ...base, ihcTraining })]);
  });
  tellIhc(ihc, progress);
  tellOthers(others, progress);
}

/** What stands between the evidence on visitors and the matches it makes. */
export async function trainVisitorMatching(open: OpenWarehouse, progress: Progress): Promise<void> {
  const { trainMatching } = await import('@tributary/functions/identity/train-matching');
  const { systemClock } = await import('@tributary/functions/shared/clock');
  const result = await progress.step('Training of visitor matching', () =>
    trainMatching({ warehouse: open.warehouse, clock: systemClock, ...datasetNames(open.project) }),
  );
  if (result.outcome === 'refused') {
    progress.note(`  Matching by evidence is off: ${result.reason}`);
    return;
  }
  progress.note(`  Matching: ${result.outcome}, ${result.modelVersion}, ${result.stopReason}`);
  for (const warning of result.diagnostics.warnings) progress.warn(`Matching: ${warning}`);
}

function tellIhc(results: readonly TrainIhcResult[], progress: Progress): void {
  for (const result of results) {
    if (result.outcome === 'refused')
      progress.warn(`IHC ${result.conversionType}: ${result.reason}`);
    else {
      progress.note(`  IHC ${result.conversionType}: ${result.outcome}, ${result.modelVersion}`);
      for (const warning of result.warnings) progress.warn(warning);
    }
  }
}

/** The other models that are trained: one line each, where there is something to say. */
function tellOthers(results: readonly TrainModelsResult[], progress: Progress): void {
  for (const { model, kind, conversionType, outcome, reason, converged } of results) {
    if (outcome === 'refused' || kind === 'chosen')
      progress.note(`  ${model} ${conversionType}: ${reason}`);
    else if (!converged) progress.warn(`${model} ${conversionType}: ${reason}`);
  }
}

function datasetNames(project: Project): { rawDataset: string; dataset: string } {
  return { rawDataset: project.rawDataset, dataset: project.dataset };
}
