import type { Journeys } from '../journeys';

/** Fewer journeys may have another reason. */
const FEWEST_JOURNEYS = 2;
/** Of those that should have value, so few may have some all the same. */
const EXCEPTIONS = 0.1;

/**
 * Channels that weigh nothing in a phase: the one session of a journey that always has value in
 * it has none, although others have. Channels that give all their value away look the same, and
 * a weight of 0 does the same.
 *
 * @param sessions by journey: the session that has value whatever the curve; -1 where none
 * @returns by channel code: 1 where it weighs nothing
 */
export function weightlessChannels(
  journeys: Journeys,
  values: Float64Array,
  sessions: Int32Array | Uint32Array,
  smallest: number,
): Uint8Array {
  const without = new Float64Array(journeys.channels.length);
  const withValue = new Float64Array(journeys.channels.length);
  for (let journey = 0; journey < journeys.journeyCount; journey += 1) {
    const session = sessions[journey] as number;
    if (session >= 0 && othersHaveValue(journeys, values, journey, session, smallest)) {
      const counts = (values[session] as number) > smallest ? withValue : without;
      (counts[journeys.channel[session] as number] as number) += 1;
    }
  }
  return Uint8Array.from(without, (count, channel) =>
    count >= FEWEST_JOURNEYS && (withValue[channel] as number) <= EXCEPTIONS * count ? 1 : 0,
  );
}

function othersHaveValue(
  journeys: Journeys,
  values: Float64Array,
  journey: number,
  session: number,
  smallest: number,
): boolean {
  const to = journeys.offsets[journey + 1] as number;
  for (let other = journeys.offsets[journey] as number; other < to; other += 1) {
    const isOther = journeys.channel[other] !== journeys.channel[session];
    if (isOther && (values[other] as number) > smallest) {
      return true;
    }
  }
  return false;
}
