import type { Row } from '../warehouse/warehouse';
import { badEventRow } from './bad-event';
import type { EventContext } from './check-event';
import { checkEvent } from './check-event';
import type { Json } from './clean-json';
import type { Batch } from './read-batch';

export interface Rejection {
  /** Place of the event in the batch, from 0. */
  readonly index: number;
  readonly event_id?: string;
  readonly reason: string;
  /** Where in the event. */
  readonly path: string;
}

/** A body that could not be read. */
export interface Refused {
  readonly ok: false;
  readonly reason: string;
  readonly payload: Json;
}

/** False where no event names a site whose events are taken. */
export function hasKnownSite(events: readonly Json[], sites: readonly string[] | 'any'): boolean {
  return sites === 'any' || events.some((event) => isKnownSite(event, sites));
}

function isKnownSite(event: Json, sites: readonly string[] | 'any'): boolean {
  if (sites === 'any') return true;
  if (typeof event !== 'object' || event === null || !('site_id' in event)) return false;
  return typeof event.site_id === 'string' && sites.includes(event.site_id);
}

export interface BatchResult {
  readonly rows: Row[];
  readonly badRows: Row[];
  readonly rejected: Rejection[];
  anonymousCount: number;
}

/** Checks each event of a batch; a body that is no batch is one refused event. */
export function checkBatch(
  batch: Batch | Refused,
  context: EventContext,
  sites: readonly string[] | 'any',
): BatchResult {
  const result: BatchResult = { rows: [], badRows: [], rejected: [], anonymousCount: 0 };
  if (!batch.ok) {
    reject(result, context, 0, batch.payload, { reason: batch.reason, path: '' });
    return result;
  }
  for (const [index, event] of batch.events.entries()) {
    const checked = checkEvent(event, context);
    if (!checked.ok) {
      reject(result, context, index, event, checked);
    } else if (!isKnownSite(event, sites)) {
      const reason = 'is not one of the configured sites';
      reject(result, context, index, event, { reason, path: 'site_id' });
    } else {
      result.rows.push(checked.row);
      if (checked.isAnonymous) result.anonymousCount += 1;
    }
  }
  return result;
}

function reject(
  result: BatchResult,
  context: EventContext,
  index: number,
  payload: Json,
  why: { readonly reason: string; readonly path: string },
): void {
  const { source, receivedAt } = context;
  result.badRows.push(
    badEventRow({
      source,
      receivedAt,
      payload,
      ...why,
      idParts: [receivedAt.toISOString(), index],
    }),
  );
  const id =
    typeof payload === 'object' && payload !== null && 'event_id' in payload
      ? payload.event_id
      : null;
  result.rejected.push({
    index,
    ...(typeof id === 'string' ? { event_id: id } : {}),
    reason: why.reason,
    path: why.path,
  });
}
