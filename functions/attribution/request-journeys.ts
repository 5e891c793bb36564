import type { ComputeIhcRequest } from './compute-ihc-schema';
import { Dictionary } from './files/growing-columns';
import type { JourneyColumns } from './ihc/journeys';
import { parseTimestamp } from './ihc/timestamps';

/** The sessions of a checked request as columns, in the order they were sent. */
export function requestColumns(sessions: ComputeIhcRequest['customer_journeys']): JourneyColumns {
  const journeys = new Dictionary();
  const channels = new Dictionary();
  return {
    rowCount: sessions.length,
    journey: Int32Array.from(sessions, (session) => journeys.codeOf(session.conversion_id)),
    journeyIds: journeys.entries,
    sessionIds: sessions.map((session) => session.session_id),
    time: Float64Array.from(sessions, (session) => parseTimestamp(session.timestamp)),
    channel: Int32Array.from(sessions, (session) => channels.codeOf(session.channel_label)),
    channels: channels.entries,
    holder: Uint8Array.from(sessions, (session) => Number(session.holder_engagement)),
    closer: Uint8Array.from(sessions, (session) => Number(session.closer_engagement)),
    conversion: Uint8Array.from(sessions, (session) => Number(session.conversion)),
  };
}
