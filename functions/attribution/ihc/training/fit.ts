import type { Curve } from '../curves';
import type { Journeys } from '../journeys';
import type { ChannelWeightColumns } from '../model';
import type { PhaseWeights } from '../parameters';
import { trainCloserCurve, trainInitializerCurve } from './curves';
import type { TrainingOptions } from './options';
import { trainReset } from './reset';
import { projectShares } from './shares';
import { trainChannelWeights, trainPhaseWeights } from './weights';

/** Parameters as the loops know them; weights by channel code of the journeys' dictionary. */
export interface Fit {
  readonly resetGapHours: number;
  readonly initializerCurve: Curve;
  readonly closerCurve: Curve;
  readonly phaseWeights: PhaseWeights;
  readonly channelWeights: ChannelWeightColumns;
}

/**
 * The rules, in their order: reset, curves, then weights from the shares the curves give.
 * Answers a sentence instead where the journeys hold nothing to learn a part from.
 */
export function fitParameters(journeys: Journeys, options: TrainingOptions): Fit | string {
  const resetGapHours = trainReset(journeys, options);
  if (!(resetGapHours > 0)) {
    return 'no journey of 3 or more sessions has a gap, so the reset cannot be found';
  }
  const closerCurve = trainCloserCurve(journeys, resetGapHours, options);
  if (Number.isNaN(closerCurve.at[0])) {
    return 'no session with closer engagement lies between a reset and a conversion, so the closer curve cannot be found';
  }
  const initializerCurve = trainInitializerCurve(journeys, resetGapHours, options);
  if (Number.isNaN(initializerCurve.at[0])) {
    return 'no gap lies between a short break and the reset, so the initializer curve cannot be found';
  }
  const shares = projectShares(journeys, { resetGapHours, initializerCurve, closerCurve });
  const phaseWeights = trainPhaseWeights(shares);
  const channelWeights = trainChannelWeights(shares, options);
  return { resetGapHours, initializerCurve, closerCurve, phaseWeights, channelWeights };
}
