import { hoursBetween, type Journeys } from '../journeys';
import type { Scores } from '../score';

/** Journeys with the answers that another IHC gave, value by value in the order of sessions. */
export interface ScoredJourneys {
  readonly journeys: Journeys;
  readonly answers: Scores;
}

/** Answers have four decimals: below half of the last one a value may be 0. */
export const ROUNDING = 0.00005;

/**
 * By journey: the session from which on it has value. The first session always starts a journey,
 * so one without initializer value was cut off by a reset.
 */
export function journeyStarts({ journeys, answers }: ScoredJourneys): Uint32Array {
  const starts = new Uint32Array(journeys.journeyCount);
  for (let journey = 0; journey < journeys.journeyCount; journey += 1) {
    const last = (journeys.offsets[journey + 1] as number) - 1;
    let start = journeys.offsets[journey] as number;
    while (start < last && !((answers.initializer[start] as number) > ROUNDING)) {
      start += 1;
    }
    starts[journey] = start;
  }
  return starts;
}

/** Where the reset may lie: above every gap that was none, not above any gap that was one. */
export interface ResetBounds {
  readonly above: number;
  readonly upTo: number;
}

/**
 * Bounds that part the gaps before a start from those after it, with the fewest on the wrong side;
 * null where nothing was cut off.
 */
export function resetBounds(journeys: Journeys, starts: Uint32Array): ResetBounds | null {
  const gaps: { readonly hours: number; readonly isReset: boolean }[] = [];
  let resets = 0;
  for (let journey = 0; journey < journeys.journeyCount; journey += 1) {
    const from = journeys.offsets[journey] as number;
    const start = starts[journey] as number;
    if (start > from) {
      gaps.push({ hours: hoursBetween(journeys.time, start - 1, start), isReset: true });
      resets += 1;
    }
    for (
      let session = start + 1;
      session < (journeys.offsets[journey + 1] as number);
      session += 1
    ) {
      gaps.push({ hours: hoursBetween(journeys.time, session - 1, session), isReset: false });
    }
  }
  if (resets === 0) {
    return null;
  }
  gaps.sort((a, b) => a.hours - b.hours);
  // Wrong if the reset lies below all gaps: every gap that is none.
  let wrong = gaps.length - resets;
  let fewest = wrong;
  let bounds: ResetBounds = { above: 0, upTo: gaps[0]?.hours ?? 0 };
  gaps.forEach((gap, index) => {
    wrong += gap.isReset ? 1 : -1;
    if (wrong < fewest) {
      fewest = wrong;
      bounds = { above: gap.hours, upTo: gaps[index + 1]?.hours ?? gap.hours };
    }
  });
  return bounds;
}
