import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  type BuildOptions,
  buildJourneys,
} from '@tributary/functions/attribution/ihc/build-journeys';
import type { JourneyColumns } from '@tributary/functions/attribution/ihc/journeys';
import type { IhcParameters } from '@tributary/functions/attribution/ihc/parameters';
import { seededRandom } from '@tributary/functions/attribution/ihc/random';

/** The folder of recorded answers, or undefined on machines without it. */
export const ihcData = [join(__dirname, '../../../../../shared/data/ihc')].find(existsSync);

export interface TestSession {
  readonly conversionId?: string;
  readonly sessionId?: string;
  /** Hours since the start of 2026; null: missing. */
  readonly hours: number | null;
  readonly channel?: string;
  readonly holder?: 0 | 1;
  readonly closer?: 0 | 1;
  readonly conversion?: 0 | 1;
}

const START = Date.UTC(2026, 0, 1) * 1000;

export function columnsOf(sessions: readonly TestSession[]): JourneyColumns {
  const journeyIds = [...new Set(sessions.map((session) => session.conversionId ?? 'c1'))];
  const channels = [...new Set(sessions.map((session) => session.channel ?? 'Direct'))];
  const hasConversion = sessions.some((session) => session.conversion !== undefined);
  return {
    rowCount: sessions.length,
    journey: Int32Array.from(sessions, (s) => journeyIds.indexOf(s.conversionId ?? 'c1')),
    journeyIds,
    sessionIds: sessions.map((session, index) => session.sessionId ?? `s${index + 1}`),
    time: Float64Array.from(sessions, ({ hours }) =>
      hours === null ? Number.NaN : START + Math.round(hours * 3.6e9),
    ),
    channel: Int32Array.from(sessions, (s) =>
      s.channel === '' ? -1 : channels.indexOf(s.channel ?? 'Direct'),
    ),
    channels,
    holder: Uint8Array.from(sessions, (session) => session.holder ?? 0),
    closer: Uint8Array.from(sessions, (session) => session.closer ?? 0),
    ...(hasConversion
      ? { conversion: Uint8Array.from(sessions, (session) => session.conversion ?? 0) }
      : {}),
  };
}

export function journeysOf(sessions: readonly TestSession[], options: BuildOptions = {}) {
  return buildJourneys(columnsOf(sessions), options).journeys;
}

/** Straight curves: initializer from 0 at 1 h to 1 at 10 h, closer from 1 at 0 h to 0 at 20 h. */
export const simpleParameters: IhcParameters = {
  phase_weights: { initializer: 0.3, holder: 0.4, closer: 0.3 },
  reset_gap_hours: 48,
  initializer_curve: { gap_hours: [1, 10], membership: [0, 1] },
  closer_curve: { hours_to_conversion: [0, 20], membership: [1, 0] },
  channel_weights: {},
};

const shopChannels = ['Direct', 'Paid Search', 'Newsletter', 'Organic', 'Affiliate'];

/** Seeded journeys of 1 to 8 sessions with gaps from minutes to days. */
export function shopSessions(journeyCount: number, seed = 7): TestSession[] {
  const random = seededRandom(seed);
  const sessions: TestSession[] = [];
  for (let journey = 0; journey < journeyCount; journey += 1) {
    const size = 1 + Math.floor(random() * 8);
    let hours = random() * 500;
    for (let session = 0; session < size; session += 1) {
      sessions.push({
        conversionId: `c${journey}`,
        sessionId: `c${journey}-${session}`,
        hours,
        channel: shopChannels[Math.floor(random() ** 2 * shopChannels.length)] as string,
        holder: random() < 0.6 ? 1 : 0,
        closer: random() < 0.5 ? 1 : 0,
      });
      hours += 0.01 + 80 * random() ** 4;
    }
  }
  return sessions;
}
