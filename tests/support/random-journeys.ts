import { seededRandom } from '@tributary/functions/attribution/ihc/random';

/** A row of raw.journey_sessions. */
export interface JourneyRow {
  readonly conversion_id: string;
  readonly conversion_type: string;
  readonly session_id: string;
  readonly row_number: number;
  /** Microseconds since 1970. */
  readonly time: number;
  readonly channel: string;
  readonly holder_engagement: 0 | 1;
  readonly closer_engagement: 0 | 1;
  readonly is_conversion: boolean;
}

export const HOUR = 3_600_000_000;
/** A gap of exactly so many hours comes often: it is a reset or none, by the last bit. */
export const RESET_HOURS = 52.7;

const START = Date.UTC(2026, 0, 1) * 1000;
const CHANNELS = ['Direct', 'Paid Search', 'Newsletter', 'Organic', 'Affiliate', 'Never Trained'];

/**
 * Journeys of all kinds that IHC treats in a way of its own: one session, ties in time, nobody
 * engaged, resets, sessions after the conversion, and now and then a very long one.
 */
export function randomJourneys(seed: number, count: number): JourneyRow[] {
  const random = seededRandom(seed);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
  const flag = (share: number): 0 | 1 => (random() < share ? 1 : 0);

  // Long journeys are denser: all of them lie within the look-back.
  const gap = (size: number): number => {
    const kind = random();
    if (kind < 0.15) return 0;
    if (kind < 0.25) return RESET_HOURS * HOUR;
    return Math.round(200 * HOUR * Math.min(1, 20 / size) * random() ** 4);
  };

  const journey = (number: number): JourneyRow[] => {
    const longest = random() < 0.01 ? 200 : pick([1, 2, 3, 5, 8, 20]);
    const size = 1 + Math.floor(random() * longest);
    const engagement = pick([0, 0.5, 0.5, 1]);
    // Where no session is marked, the last one converts.
    const converting = random() < 0.1 ? Math.floor(random() * size) : pick([size - 1, -1]);
    let time = START + Math.floor(random() * 5000 * HOUR);
    return Array.from({ length: size }, (_, index) => {
      time += gap(size);
      return {
        conversion_id: `c${number}`,
        conversion_type: 'conversion',
        session_id: `c${number}-${index}`,
        row_number: index + 1,
        time,
        channel: pick(CHANNELS),
        holder_engagement: flag(engagement),
        closer_engagement: flag(engagement),
        is_conversion: index === converting,
      };
    });
  };
  return Array.from({ length: count }, (_, number) => journey(number)).flat();
}
