import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { TimedJourneys } from '../models/model-journeys';
import type { ModelSpec } from '../models/train-model';
import type { JudgedModel } from './train-judged';

/** Kinds that take as long as all others together. */
const SLOW_KINDS = ['gbdt'];
/** Below, a thread's start and its copy of the journeys are not worth it. */
const LEAST_TOUCHES = 20_000;
const WORKER = join(__dirname, 'train-worker.js');

/**
 * `trainJudged` on another core, where the model is slow and the journeys are many; else undefined.
 * The answer is the same. Sources that are not built have no thread to run.
 */
export function trainAside(
  spec: ModelSpec,
  journeys: TimedJourneys,
): Promise<JudgedModel> | undefined {
  if (!SLOW_KINDS.includes(spec.kind) || journeys.touchCount < LEAST_TOUCHES) return undefined;
  if (!existsSync(WORKER)) return undefined;
  const answer = new Promise<JudgedModel>((resolve, reject) => {
    const worker = new Worker(WORKER, { workerData: { spec, journeys } });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`its thread ended with code ${code}`)));
  });
  // Who waits for it may come later than its failure.
  answer.catch(() => undefined);
  return answer;
}
