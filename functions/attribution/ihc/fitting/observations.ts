import { hoursBetween } from '../journeys';
import type { ScoredJourneys } from './scored-journeys';

/**
 * What answers tell of a curve. A session's value over that of the journey's reference session,
 * whose membership is 1, is membership(at) * weight(channel) / weight(reference channel).
 */
export interface Observations {
  readonly count: number;
  /** Hours: the gap before, or the time to the conversion. */
  readonly at: Float64Array;
  readonly ratio: Float64Array;
  /** Standard error of the ratio by the answers' rounding, up to a factor common to all. */
  readonly error: Float64Array;
  readonly channel: Int32Array;
  readonly referenceChannel: Int32Array;
}

/** Smaller references say little: their own rounding is half a percent. */
const SMALLEST_REFERENCE = 0.01;

/** Initializer: all sessions after the start, beside it. Closer: closing sessions beside the last. */
export function observe(
  { journeys, answers }: ScoredJourneys,
  starts: Uint32Array,
  phase: 'initializer' | 'closer',
): Observations {
  const columns = { at: [], ratio: [], error: [], channel: [], referenceChannel: [] } as Record<
    keyof Omit<Observations, 'count'>,
    number[]
  >;
  const values = answers[phase];
  for (let journey = 0; journey < journeys.journeyCount; journey += 1) {
    const start = starts[journey] as number;
    const last = (journeys.offsets[journey + 1] as number) - 1;
    const reference = phase === 'initializer' ? start : last;
    const whole = values[reference] as number;
    for (let session = start; whole >= SMALLEST_REFERENCE && session <= last; session += 1) {
      const at =
        phase === 'initializer'
          ? hoursBetween(journeys.time, Math.max(start, session - 1), session)
          : hoursBetween(journeys.time, session, last);
      const tells = phase === 'initializer' || (journeys.closer[session] === 1 && at > 0);
      if (session === reference || !tells) {
        continue;
      }
      const ratio = (values[session] as number) / whole;
      columns.at.push(at);
      columns.ratio.push(ratio);
      columns.error.push(Math.sqrt(1 + ratio * ratio) / whole);
      columns.channel.push(journeys.channel[session] as number);
      columns.referenceChannel.push(journeys.channel[reference] as number);
    }
  }
  return {
    count: columns.at.length,
    at: Float64Array.from(columns.at),
    ratio: Float64Array.from(columns.ratio),
    error: Float64Array.from(columns.error),
    channel: Int32Array.from(columns.channel),
    referenceChannel: Int32Array.from(columns.referenceChannel),
  };
}
