import type { Curve } from './curves';
import type { IhcParameters } from './parameters';

/** Parameters laid out for the loops: curves as typed arrays, weights by channel code. */
export interface IhcModel {
  readonly initializerCurve: Curve;
  readonly closerCurve: Curve;
  /** Infinity where there is no reset. */
  readonly resetGapHours: number;
  readonly phaseWeights: {
    readonly initializer: number;
    readonly holder: number;
    readonly closer: number;
  };
  /** Weights of channel code c; 1 for a channel without. */
  readonly channelWeights: ChannelWeightColumns;
}

export interface ChannelWeightColumns {
  readonly initializer: Float64Array;
  readonly holder: Float64Array;
  readonly closer: Float64Array;
}

/** @param channels the channel dictionary of the journeys that will be scored */
export function modelFor(parameters: IhcParameters, channels: readonly string[]): IhcModel {
  const weights: ChannelWeightColumns = {
    initializer: new Float64Array(channels.length).fill(1),
    holder: new Float64Array(channels.length).fill(1),
    closer: new Float64Array(channels.length).fill(1),
  };
  channels.forEach((channel, code) => {
    if (Object.hasOwn(parameters.channel_weights, channel)) {
      const given = parameters.channel_weights[channel];
      weights.initializer[code] = given?.initializer ?? 1;
      weights.holder[code] = given?.holder ?? 1;
      weights.closer[code] = given?.closer ?? 1;
    }
  });
  return {
    initializerCurve: {
      at: Float64Array.from(parameters.initializer_curve.gap_hours),
      value: Float64Array.from(parameters.initializer_curve.membership),
    },
    closerCurve: {
      at: Float64Array.from(parameters.closer_curve.hours_to_conversion),
      value: Float64Array.from(parameters.closer_curve.membership),
    },
    resetGapHours: parameters.reset_gap_hours ?? Number.POSITIVE_INFINITY,
    phaseWeights: parameters.phase_weights,
    channelWeights: weights,
  };
}
