import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { TimedJourneys } from '../models/model-journeys';
import type { ModelSpec } from '../models/train-model';
import type { JudgedModel } from './train-judged';

/** Models that are being trained. */
export type AsideModels = ReadonlyMap<ModelSpec, Promise<JudgedModel>>;

/** Another core, for models that take as long as all others together. */
export interface Aside {
  /**
   * Begins with `trainJudged` of those models that are worth it; the others are left to the caller.
   * What was begun before is finished first.
   */
  train(specs: readonly ModelSpec[], journeys: TimedJourneys): AsideModels;
  /** Ends it, whatever it is at. */
  close(): Promise<void>;
}

/** What the thread is asked: these models of these journeys, which are copied once for all of them. */
export interface AsideRequest {
  readonly first: number;
  readonly specs: readonly ModelSpec[];
  readonly journeys: TimedJourneys;
}

/** Its answers, one a model, in the order in which they were asked. */
export interface AsideAnswer {
  readonly number: number;
  readonly judged?: JudgedModel;
  readonly error?: Error;
}

const SLOW_KINDS = ['gbdt', 'incremental_logit'];
/** Below, a thread's start and its copy of the journeys are not worth it. */
const LEAST_TOUCHES = 20_000;
const WORKER = join(__dirname, 'train-worker.js');

/** One thread, which starts when there is something for it. Sources that are not built have none. */
export function openAside(): Aside {
  const waiting: Waiting[] = [];
  let thread: Worker | undefined;
  const start = (): Worker => {
    const worker = new Worker(WORKER);
    worker.on('message', ({ number, judged, error }: AsideAnswer) => {
      if (judged) waiting[number]?.resolve(judged);
      else waiting[number]?.reject(error);
    });
    const fail = (error: Error) => {
      for (const one of waiting) one.reject(error);
    };
    worker.once('error', fail);
    worker.once('exit', (code) => fail(new Error(`its thread ended with code ${code}`)));
    return worker;
  };
  return {
    train(specs, journeys) {
      const slow = specs.filter(({ kind }) => SLOW_KINDS.includes(kind));
      if (slow.length === 0 || journeys.touchCount < LEAST_TOUCHES || !existsSync(WORKER)) {
        return new Map();
      }
      thread ??= start();
      const first = waiting.length;
      const models = new Map(slow.map((spec) => [spec, addTo(waiting)]));
      thread.postMessage({ first, specs: slow, journeys } satisfies AsideRequest);
      return models;
    },
    async close() {
      await thread?.terminate();
    },
  };
}

interface Waiting {
  resolve(judged: JudgedModel): void;
  reject(error: unknown): void;
}

/** A promise that waits in the list. */
function addTo(waiting: Waiting[]): Promise<JudgedModel> {
  const answer = new Promise<JudgedModel>((resolve, reject) => {
    waiting.push({ resolve, reject });
  });
  // Who waits for it may come later than its failure.
  answer.catch(() => undefined);
  return answer;
}
