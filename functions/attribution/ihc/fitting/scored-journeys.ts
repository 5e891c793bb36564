import { hoursBetween, type Journeys } from '../journeys';
import type { Scores } from '../score';
import { type ResetBounds, resetBounds } from './reset';
import { weightlessChannels } from './weightless';

/** Journeys with the answers that another IHC gave, value by value in the order of sessions. */
export interface ScoredJourneys {
  readonly journeys: Journeys;
  readonly answers: Scores;
}

export interface JourneyStarts {
  /** By journey: the session from which on it has value. */
  readonly starts: Uint32Array;
  readonly bounds: ResetBounds | null;
  /** By channel code: 1 where it weighs nothing in the initializer phase. */
  readonly weightless: Uint8Array;
}

/**
 * Where journeys start: what a reset cut off has no value in any phase. A first session of a
 * channel that weighs nothing may look the same; it was cut off if a gap follows that is one
 * elsewhere.
 *
 * @param smallest values up to this may be 0 before their rounding
 */
export function journeyStarts(scored: ScoredJourneys, smallest: number): JourneyStarts {
  const { journeys, answers } = scored;
  const starts = firstWithValue(scored, smallest);
  const bounds = resetBounds(journeys, starts);
  const weightless = weightlessChannels(journeys, answers.initializer, starts, smallest);
  if (!weightless.includes(1)) {
    return { starts, bounds, weightless };
  }
  const isCertain = (journey: number) => {
    const from = journeys.offsets[journey] as number;
    const lead = journeys.channel.subarray(from, (starts[journey] as number) + 1);
    return !lead.some((channel) => weightless[channel] === 1);
  };
  const certain = resetBounds(journeys, starts, isCertain)?.above ?? Number.POSITIVE_INFINITY;
  for (let journey = 0; journey < journeys.journeyCount; journey += 1) {
    starts[journey] = startBefore(
      journeys,
      journey,
      starts[journey] as number,
      weightless,
      certain,
    );
  }
  return { starts, bounds: resetBounds(journeys, starts), weightless };
}

function firstWithValue({ journeys, answers }: ScoredJourneys, smallest: number): Uint32Array {
  const { initializer, holder, closer } = answers;
  const starts = new Uint32Array(journeys.journeyCount);
  for (let journey = 0; journey < journeys.journeyCount; journey += 1) {
    const last = (journeys.offsets[journey + 1] as number) - 1;
    let start = journeys.offsets[journey] as number;
    while (
      start < last &&
      !((initializer[start] as number) > smallest) &&
      !((holder[start] as number) > smallest) &&
      !((closer[start] as number) > smallest)
    ) {
      start += 1;
    }
    starts[journey] = start;
  }
  return starts;
}

/** The earliest session of a weightless channel before `start` without a certain gap between. */
function startBefore(
  journeys: Journeys,
  journey: number,
  start: number,
  weightless: Uint8Array,
  certainGap: number,
): number {
  let earliest = start;
  const from = journeys.offsets[journey] as number;
  for (
    let session = start - 1;
    session >= from && hoursBetween(journeys.time, session, session + 1) <= certainGap;
    session -= 1
  ) {
    if (weightless[journeys.channel[session] as number] === 1) {
      earliest = session;
    }
  }
  return earliest;
}
