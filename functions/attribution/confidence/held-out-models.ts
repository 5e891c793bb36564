import { GBDT_DEFAULTS } from '../models/gbdt/parameters';
import { predict as predictGbdt } from '../models/gbdt/score';
import { train as trainGbdt } from '../models/gbdt/train';
import { predict as predictHazard } from '../models/hazard/score';
import { train as trainHazard } from '../models/hazard/train';
import { predict as predictLogit } from '../models/incremental-logit/score';
import { trainOnce as trainLogit } from '../models/incremental-logit/train';
import type { TimedJourneys } from '../models/model-journeys';
import { type HeldOutFit, heldOutFit } from './held-out';

const HELD_OUT_SHARE = 0.2;

/** The held-out fit of a kind of model; kinds that predict nothing have none. */
export function heldOutFitOf(kind: string, journeys: TimedJourneys): HeldOutFit {
  switch (kind) {
    case 'hazard':
      return heldOutFit(journeys, { train: trainHazard, predict: predictHazard }, HELD_OUT_SHARE);
    case 'incremental_logit':
      return heldOutFit(journeys, { train: trainLogit, predict: predictLogit }, HELD_OUT_SHARE);
    case 'gbdt':
      return heldOutFit(journeys, { train: trainEarlier, predict: predictGbdt }, HELD_OUT_SHARE);
    default:
      return { isTested: false, reason: 'It shares out conversions, and predicts none.' };
  }
}

/** Where all days are enough for trees, the days before those held out must do. */
function trainEarlier(past: TimedJourneys) {
  const minimumDays = Math.floor(GBDT_DEFAULTS.minimumDays * (1 - HELD_OUT_SHARE));
  return trainGbdt(past, { minimumDays, isJudged: false });
}
