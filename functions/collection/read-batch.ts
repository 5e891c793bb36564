import { parseTimestamp } from '../shared/time';
import type { Json } from './clean-json';

export type Batch =
  | { readonly ok: true; readonly events: readonly Json[]; readonly sentAt?: Date | undefined }
  | { readonly ok: false; readonly reason: string; readonly payload: Json };

/** One load job takes far more; a client with more to send sends several requests. */
const maxEvents = 5000;

/** Reads a body that is one event, or {events: [...], sent_at?}. */
export function readBatch(body: Json): Batch {
  const refuse = (reason: string): Batch => ({ ok: false, reason, payload: body });
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    return refuse('The body must be one event, or {"events": [...]}.');
  }
  if (!('events' in body)) return { ok: true, events: [body] };
  const { events, sent_at: sent, ...others } = body as { readonly [key: string]: Json };
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) {
    return refuse(`Unknown field "${unknown}" beside events: only sent_at may stand there.`);
  }
  if (!Array.isArray(events) || events.length === 0) {
    return refuse('events must be a list of at least one event.');
  }
  if (events.length > maxEvents) {
    return refuse(`The batch has ${events.length} events and may have ${maxEvents}: send several.`);
  }
  const sentAt = typeof sent === 'string' ? parseTimestamp(sent) : undefined;
  if (sent !== undefined && sent !== null && sentAt === undefined) {
    return refuse('sent_at must be a time with its zone, such as 2026-11-21T08:00:00Z.');
  }
  return { ok: true, events, sentAt };
}
