import type { Clock } from '../shared/clock';
import { keyedSha256, normalizeEmail, normalizePhone, sha256 } from '../shared/hash';
import type { Row } from '../warehouse/warehouse';
import type { Json } from './clean-json';
import type { RequestEvent } from './event-schema';
import { eventSchema, issuePath } from './event-schema';
import { storeEvent } from './store-event';

/** Who handed the event in, and what is known of the visitor from outside the event. */
export interface EventContext {
  /** web: a browser, without a key; server: with one; import: from a file. */
  readonly source: 'web' | 'server' | 'import';
  readonly receivedAt: Date;
  /** When the whole batch was sent, by the client's clock. */
  readonly sentAt?: Date | undefined;
  readonly ip?: string | undefined;
  readonly userAgent?: string | undefined;
  /** Key of the hashes of addresses. */
  readonly hashSecret: string;
  /** Tells equal events of one file apart; part of the id of an event without one. */
  readonly occurrence?: number;
}

export type CheckedEvent =
  | { readonly ok: true; readonly row: Row; readonly isAnonymous: boolean }
  | { readonly ok: false; readonly reason: string; readonly path: string };

/** Clocks of servers differ by seconds, not minutes; what lies further ahead is wrong. */
export const maxFutureMinutes = 5;
const earliest = Date.parse('2000-01-01T00:00:00Z');

/**
 * Checks one event and makes its row of raw.events; the collector and the importer of events
 * share it.
 *
 * @param event parsed and cleaned JSON
 * @returns the row, or the reason and the path of the first thing that is wrong
 */
export function checkEvent(event: Json, context: EventContext): CheckedEvent {
  const parsed = eventSchema.safeParse(event);
  if (!parsed.success) return refuseIssue(parsed.error.issues[0]);
  const request = parsed.data;
  const wrong = checkIdentifiers(request) ?? checkSource(request, context);
  if (wrong !== undefined) return wrong;

  const occurredAt = correctedTime(request, context);
  const timing = checkTime(occurredAt, context.receivedAt);
  if (timing !== undefined) return { ok: false, reason: timing, path: 'occurred_at' };

  const eventId = request.event_id ?? derivedId(event, context);
  const isAnonymous = request.consent?.analytics !== true;
  return { ok: true, row: storeEvent(request, { ...context, eventId, occurredAt }), isAnonymous };
}

/** Why an event can't have happened at this time, as a sentence; undefined where it can. */
export function checkTime(occurredAt: Date, now: ReturnType<Clock>): string | undefined {
  if (occurredAt.getTime() > now.getTime() + maxFutureMinutes * 60_000) {
    return `the event lies in the future (${occurredAt.toISOString()}): check the sender's clock, or send sent_at`;
  }
  if (occurredAt.getTime() < earliest) {
    return `the event lies before the year 2000 (${occurredAt.toISOString()}): check the sender's clock`;
  }
  return undefined;
}

/** The client's time moved by what its clock is off: received_at - sent_at. */
function correctedTime(request: RequestEvent, context: EventContext): Date {
  const sentAt = request.sent_at ?? context.sentAt;
  const occurredAt = request.occurred_at ?? sentAt ?? context.receivedAt;
  // A file tells nothing of when it was received, so its clock can't be corrected.
  if (sentAt === undefined || context.source === 'import') return occurredAt;
  const skew = context.receivedAt.getTime() - sentAt.getTime();
  return new Date(occurredAt.getTime() + skew);
}

/** The same event sent again gets the same id; keyed, for its content may be personal. */
function derivedId(event: Json, context: EventContext): string {
  const isTimed = typeof event === 'object' && event !== null && 'occurred_at' in event;
  const content = [event, isTimed ? null : context.receivedAt.toISOString()];
  const text = JSON.stringify([...content, context.occurrence ?? 0]);
  return keyedSha256(context.hashSecret, text).slice(0, 32);
}

function checkIdentifiers(request: RequestEvent): CheckedEvent | undefined {
  const email = request.email ? sha256(normalizeEmail(request.email) ?? '') : undefined;
  if (email && request.email_sha256 && email !== request.email_sha256) {
    return refuse('email and email_sha256 belong to different addresses: send one', 'email_sha256');
  }
  const phone = request.phone ? sha256(normalizePhone(request.phone) ?? '') : undefined;
  if (phone && request.phone_sha256 && phone !== request.phone_sha256) {
    return refuse('phone and phone_sha256 belong to different numbers: send one', 'phone_sha256');
  }
  return undefined;
}

function checkSource(request: RequestEvent, context: EventContext): CheckedEvent | undefined {
  if (context.source !== 'web') return undefined;
  for (const name of ['ip', 'user_agent'] as const) {
    if (request[name] !== undefined) {
      return refuse('is told by servers only: send it with an x-api-key, or leave it out', name);
    }
  }
  return undefined;
}

function refuse(reason: string, path: string): CheckedEvent {
  return { ok: false, reason, path };
}

function refuseIssue(issue: IssueLike | undefined): CheckedEvent {
  if (issue === undefined) return refuse('the event is not valid', '');
  if (issue.code === 'unrecognized_keys') {
    const [name = ''] = issue.keys ?? [];
    const path = issuePath([...issue.path, name]);
    return refuse(`unknown field "${name}": free data goes into properties`, path);
  }
  if (issue.code === 'invalid_type' && issue.message.endsWith('received undefined')) {
    return refuse('is required', issuePath(issue.path));
  }
  return refuse(issue.message, issuePath(issue.path));
}

interface IssueLike {
  readonly code: string;
  readonly message: string;
  readonly path: readonly PropertyKey[];
  readonly keys?: readonly string[];
}
