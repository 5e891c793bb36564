import type { ChannelWeightColumns } from '../model';
import type { PhaseWeights } from '../parameters';
import type { TrainingOptions } from './options';
import {
  type ChannelShares,
  channelShares,
  projectWeightedHolder,
  type ShareColumns,
} from './shares';

/**
 * "The faster a phase is covered the less important": a phase's weight falls with the typical
 * share that one session has of it.
 */
export function trainPhaseWeights(shares: ShareColumns): PhaseWeights {
  const importance = (values: Float64Array) => {
    const { mean } = channelShares(shares.journeys, values, 0, 1);
    return Number.isNaN(mean) ? 0 : 1 - mean;
  };
  const initializer = importance(shares.initializer);
  const holder = importance(shares.holder);
  const closer = importance(shares.closer);
  const sum = initializer + holder + closer;
  return { initializer: initializer / sum, holder: holder / sum, closer: closer / sum };
}

/**
 * A channel's weight in a phase: how its median share compares with the mean, drawn towards 1 the
 * rarer the channel is beside the most frequent one.
 */
export function trainChannelWeights(
  shares: ShareColumns,
  options: TrainingOptions,
): ChannelWeightColumns {
  const { journeys } = shares;
  const ends = (values: Float64Array) =>
    relativeWeights(channelShares(journeys, values, options.smallShare, Number.POSITIVE_INFINITY));
  const initializer = ends(shares.initializer);
  const closer = ends(shares.closer);
  const holderShares = projectWeightedHolder(shares, initializer, closer);
  return {
    initializer,
    holder: relativeWeights(channelShares(journeys, holderShares, 0, 1)),
    closer,
  };
}

function relativeWeights({ median, count, mean }: ChannelShares): Float64Array {
  const most = count.reduce((largest, size) => Math.max(largest, size), 0);
  return median.map((share, channel) =>
    count[channel] === 0 ? 1 : 1 + (share / mean - 1) * ((count[channel] as number) / most),
  );
}
