import { stableId } from '../shared/hash';
import type { Row } from '../warehouse/warehouse';
import type { Json } from './clean-json';
import { redact } from './privacy';

export interface BadEvent {
  readonly source: 'web' | 'server' | 'import' | 'access_log';
  readonly receivedAt: Date;
  readonly siteId?: string | undefined;
  readonly reason: string;
  /** Where in the event ("consent.analytics") or in the file ("line 12"). */
  readonly path: string;
  readonly payload: Json;
  /** What makes its id besides its content, where the same content may come again. */
  readonly idParts?: readonly (string | number)[];
}

/** Enough to see what was sent; a refused event must not fill the table. */
const maxPayloadLength = 8192;

/** The row of raw.bad_events: the refused event, redacted, with its reason. */
export function badEventRow(bad: BadEvent): Row {
  const redacted = redact(bad.payload);
  const payload = typeof redacted === 'string' ? redacted : JSON.stringify(redacted);
  const siteId = bad.siteId ?? siteOf(bad.payload);
  const idParts = bad.idParts ?? [bad.receivedAt.toISOString()];
  return {
    bad_event_id: stableId(bad.source, siteId, bad.reason, bad.path, payload, ...idParts),
    received_at: bad.receivedAt.toISOString(),
    source: bad.source,
    site_id: siteId,
    reason: bad.reason,
    path: bad.path === '' ? null : bad.path,
    payload: payload.slice(0, maxPayloadLength),
  };
}

function siteOf(payload: Json): string | null {
  if (typeof payload !== 'object' || payload === null || !('site_id' in payload)) return null;
  return typeof payload.site_id === 'string' ? payload.site_id.slice(0, 64) : null;
}
