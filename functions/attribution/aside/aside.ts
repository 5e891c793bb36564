import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { TimedJourneys } from '../models/model-journeys';
import type { ModelSpec } from '../models/train-model';
import type { JudgedModel } from './train-judged';

/** A model that another core trains, or will. */
export interface AsideModel {
  readonly answer: Promise<JudgedModel>;
  /** Whether it was not begun: then it is the caller's again, and has no answer. Once. */
  takeBack(): boolean;
}

export type AsideModels = ReadonlyMap<ModelSpec, AsideModel>;

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
  /** One a model, shared: who sets it from 0 to 1 trains the model. */
  readonly claims: Int32Array;
}

/** Its answers, one a model that it trained. */
export interface AsideAnswer {
  readonly number: number;
  readonly judged?: JudgedModel;
  readonly error?: Error;
}

/** Whether the model was nobody's, and is the caller's now. */
export const claim = (claims: Int32Array, index: number): boolean =>
  Atomics.compareExchange(claims, index, 0, 1) === 0;

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
      const claims = new Int32Array(
        new SharedArrayBuffer(slow.length * Int32Array.BYTES_PER_ELEMENT),
      );
      const request: AsideRequest = { first: waiting.length, specs: slow, journeys, claims };
      const models = slow.map((spec, index): [ModelSpec, AsideModel] => [
        spec,
        { answer: addTo(waiting), takeBack: () => claim(claims, index) },
      ]);
      thread.postMessage(request);
      return new Map(models);
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
