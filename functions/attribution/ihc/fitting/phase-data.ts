import { hoursBetween } from '../journeys';
import type { ScoredJourneys } from './scored-journeys';

/**
 * What answers tell of one phase: the sessions that may have value in it, journey by journey. A
 * session's value is membership * weight of its channel, over the sum of these in its journey.
 */
export interface PhaseData {
  /** Group g is the entries `offsets[g]` (included) to `offsets[g + 1]` (excluded). */
  readonly offsets: Uint32Array;
  /** Membership where it is known, NaN where the curve at `at` gives it. */
  readonly known: Float64Array;
  /** Hours: the gap before, or the time to the conversion. */
  readonly at: Float64Array;
  readonly channel: Int32Array;
  /** The answer. */
  readonly value: Float64Array;
}

/** A session in a phase: a known membership, or where on the curve it lies. */
type Membership = { readonly known: number } | { readonly at: number } | undefined;

/**
 * Initializer and closer from the start of each journey on. Known is the membership of the session
 * that starts, of those at the conversion; sessions without closer engagement have none. Channels
 * in `without` weigh 0 and tell nothing.
 */
export function endsData(
  scored: ScoredJourneys,
  starts: Uint32Array,
  phase: 'initializer' | 'closer',
  without: Uint8Array,
): PhaseData {
  const { journeys } = scored;
  return phaseData(scored, starts, phase, without, (session, start, last) => {
    if (phase === 'initializer') {
      return session === start
        ? { known: 1 }
        : { at: hoursBetween(journeys.time, session - 1, session) };
    }
    const at = hoursBetween(journeys.time, session, last);
    if (session !== last && journeys.closer[session] !== 1) {
      return undefined;
    }
    return at === 0 ? { known: 1 } : { at };
  });
}

/** The holder phase, whose memberships follow from the curves. */
export function holderData(
  scored: ScoredJourneys,
  starts: Uint32Array,
  memberships: Float64Array,
  without: Uint8Array,
): PhaseData {
  return phaseData(scored, starts, 'holder', without, (session) => {
    const known = memberships[session] as number;
    return known > 0 ? { known } : undefined;
  });
}

/** Values of a phase sum to 1, but for rounding. */
const WHOLE = 0.5;

function phaseData(
  { journeys, answers }: ScoredJourneys,
  starts: Uint32Array,
  phase: 'initializer' | 'holder' | 'closer',
  without: Uint8Array,
  membershipOf: (session: number, start: number, last: number) => Membership,
): PhaseData {
  const offsets = [0];
  const columns: Record<'known' | 'at' | 'channel' | 'value', number[]> = {
    known: [],
    at: [],
    channel: [],
    value: [],
  };
  for (let journey = 0; journey < journeys.journeyCount; journey += 1) {
    const start = starts[journey] as number;
    const last = (journeys.offsets[journey + 1] as number) - 1;
    const before = offsets.at(-1) as number;
    for (let session = start; session <= last; session += 1) {
      const code = journeys.channel[session] as number;
      const membership = membershipOf(session, start, last);
      if (membership !== undefined && without[code] === 0) {
        columns.known.push('known' in membership ? membership.known : Number.NaN);
        columns.at.push('at' in membership ? membership.at : 0);
        columns.channel.push(code);
        columns.value.push(answers[phase][session] as number);
      }
    }
    const size = columns.known.length - before;
    // One session alone is 1, whatever its membership; and where those that weigh nothing are all
    // that has membership, they keep the value.
    const sum = columns.value.slice(before).reduce((total, each) => total + each, 0);
    if (size > 1 && sum > WHOLE) {
      offsets.push(before + size);
    } else {
      for (const column of Object.values(columns)) {
        column.length = before;
      }
    }
  }
  return {
    offsets: Uint32Array.from(offsets),
    known: Float64Array.from(columns.known),
    at: Float64Array.from(columns.at),
    channel: Int32Array.from(columns.channel),
    value: Float64Array.from(columns.value),
  };
}
