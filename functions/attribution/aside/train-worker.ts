import { parentPort, workerData } from 'node:worker_threads';
import type { TimedJourneys } from '../models/model-journeys';
import type { ModelSpec } from '../models/train-model';
import { trainJudged } from './train-judged';

/** The thread of `trainAside`: one model, one answer. */
const { spec, journeys } = workerData as {
  readonly spec: ModelSpec;
  readonly journeys: TimedJourneys;
};
parentPort?.postMessage(trainJudged(spec, journeys));
