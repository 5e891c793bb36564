import { parentPort } from 'node:worker_threads';
import type { TimedJourneys } from '../models/model-journeys';
import type { ModelSpec } from '../models/train-model';
import { type AsideAnswer, type AsideRequest, claim } from './aside';
import { trainJudged } from './train-judged';

/** The thread of `openAside`: models in the order in which they are asked, but for those taken back. */
parentPort?.on('message', ({ first, specs, journeys, claims }: AsideRequest) => {
  specs.forEach((spec, index) => {
    if (!claim(claims, index)) return;
    const answer: AsideAnswer = { number: first + index, ...tryToTrain(spec, journeys) };
    parentPort?.postMessage(answer);
  });
});

function tryToTrain(spec: ModelSpec, journeys: TimedJourneys): Omit<AsideAnswer, 'number'> {
  try {
    return { judged: trainJudged(spec, journeys) };
  } catch (error) {
    return { error: error as Error };
  }
}
