import type { Journeys } from '../journeys';
import {
  emptyPhases,
  type MembershipCurves,
  type Phases,
  projectEnds,
  projectHolder,
} from '../phases';
import { medianInPlace } from '../quantiles';
import { weigh } from '../score';

/** The journeys of two or more sessions: only these say anything about phases. */
export interface ShareColumns extends Phases {
  readonly journeys: Journeys;
}

/** Shares of each phase from the curves alone: whole journeys, no reset cut, no channel weights. */
export function projectShares(journeys: Journeys, curves: MembershipCurves): ShareColumns {
  const phases = emptyPhases(journeys.sessionCount);
  forEachJourney(journeys, (from, to) => {
    projectEnds(journeys, curves, from, to, phases);
    projectHolder(journeys, from, to, phases);
  });
  return { journeys, ...phases };
}

/** Holder shares where initializer and closer already carry their channel weights. */
export function projectWeightedHolder(
  shares: ShareColumns,
  initializerWeights: Float64Array,
  closerWeights: Float64Array,
): Float64Array {
  const { journeys } = shares;
  const phases = {
    initializer: shares.initializer.slice(),
    holder: new Float64Array(journeys.sessionCount),
    closer: shares.closer.slice(),
  };
  forEachJourney(journeys, (from, to) => {
    weigh(phases.initializer, initializerWeights, journeys.channel, from, to);
    weigh(phases.closer, closerWeights, journeys.channel, from, to);
    projectHolder(journeys, from, to, phases);
  });
  return phases.holder;
}

/** What a channel's shares in a phase amount to. */
export interface ChannelShares {
  /** Median share by channel code; 0 for a channel without shares. */
  readonly median: Float64Array;
  readonly count: Float64Array;
  /** The medians' mean, weighted by count; NaN without shares. */
  readonly mean: number;
}

/** Medians by channel of the shares above `above` and below `below`, of journeys with 2 or more sessions. */
export function channelShares(
  journeys: Journeys,
  values: Float64Array,
  above: number,
  below: number,
): ChannelShares {
  const channelCount = journeys.channels.length;
  const count = new Float64Array(channelCount);
  forEachShare(journeys, values, above, below, (channel) => {
    (count[channel] as number) += 1;
  });
  const buckets = Array.from(count, (size) => new Float64Array(size));
  const filled = new Uint32Array(channelCount);
  forEachShare(journeys, values, above, below, (channel, value) => {
    (buckets[channel] as Float64Array)[filled[channel] as number] = value;
    (filled[channel] as number) += 1;
  });
  const median = Float64Array.from(buckets, (bucket) =>
    bucket.length === 0 ? 0 : medianInPlace(bucket),
  );
  let weighted = 0;
  let total = 0;
  for (let channel = 0; channel < channelCount; channel += 1) {
    weighted += (count[channel] as number) * (median[channel] as number);
    total += count[channel] as number;
  }
  return { median, count, mean: weighted / total };
}

function forEachShare(
  journeys: Journeys,
  values: Float64Array,
  above: number,
  below: number,
  visit: (channel: number, value: number) => void,
): void {
  forEachJourney(journeys, (from, to) => {
    for (let session = from; to - from > 1 && session < to; session += 1) {
      const value = values[session] as number;
      if (value > above && value < below) {
        visit(journeys.channel[session] as number, value);
      }
    }
  });
}

function forEachJourney(journeys: Journeys, visit: (from: number, to: number) => void): void {
  for (let journey = 0; journey < journeys.journeyCount; journey += 1) {
    visit(journeys.offsets[journey] as number, journeys.offsets[journey + 1] as number);
  }
}
