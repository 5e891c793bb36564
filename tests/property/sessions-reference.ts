import { createHash } from 'node:crypto';
import { MINUTE, type RawEvent, SECOND } from './random-shops';

/** A session as the rules of sessions have it; times in microseconds. */
export interface ReferenceSession {
  readonly session_id: string;
  readonly split_cause: string;
  readonly started_at: number;
  ended_at: number;
  event_count: number;
  is_guarded: boolean;
}

/** What the shops' settings are, written once more. */
const TIMEOUT = 30 * MINUTE;
const MAX_EVENTS = 1000;
const MAX_HOURS = 24;

interface VisitorEvent extends RawEvent {
  readonly visitor: string;
}

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
const bytewise = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));
const inTime = (a: RawEvent, b: RawEvent): number =>
  a.occurred_at - b.occurred_at || bytewise(a.event_id, b.event_id);

/** Sessions from raw rows, row by row: the rules as they are told, slow and plain. */
export function referenceSessions(rows: readonly RawEvent[]): ReferenceSession[] {
  const events = firstReceived(rows).filter(makesSessions);
  const visitors = new Map<string, VisitorEvent[]>();
  for (const event of events) {
    const visitor = joinedVisitor(event, events) ?? ownVisitor(event) ?? '';
    visitors.set(visitor, [...(visitors.get(visitor) ?? []), { ...event, visitor }]);
  }
  return [...visitors.values()].flatMap((own) => cut(own.sort(inTime)));
}

/** Of rows with one id the first received; of these the first by content. */
function firstReceived(rows: readonly RawEvent[]): RawEvent[] {
  const kept = new Map<string, RawEvent>();
  for (const row of rows) {
    const other = kept.get(row.event_id);
    if (other === undefined || isBefore(row, other)) kept.set(row.event_id, row);
  }
  return [...kept.values()];
}

function isBefore(row: RawEvent, other: RawEvent): boolean {
  if (row.received_at !== other.received_at) return row.received_at < other.received_at;
  if (row.occurred_at !== other.occurred_at) return row.occurred_at < other.occurred_at;
  const names = ['event_name', 'site_id', 'source', 'anonymous_id', 'user_id', 'page_url'] as const;
  for (const name of [...names, 'page_referrer', 'user_agent'] as const) {
    const [a, b] = [row[name], other[name]];
    if (a !== b) return a === null || (b !== null && bytewise(a, b) < 0);
  }
  return bytewise(JSON.stringify(row.properties), JSON.stringify(other.properties)) < 0;
}

const orderOf = (event: RawEvent): string | null => (event.properties?.order_id as string) ?? null;
const serverOrderOf = (event: RawEvent): string | null =>
  event.source === 'server' ? orderOf(event) : null;

function makesSessions(event: RawEvent): boolean {
  const isTimed =
    event.occurred_at >= Date.UTC(2000, 0, 1) * 1000 &&
    event.occurred_at <= event.received_at + 5 * MINUTE;
  return isTimed && event.event_name !== 'asset_request' && ownVisitor(event) !== undefined;
}

function ownVisitor(event: RawEvent): string | undefined {
  const { site_id: site, anonymous_id: cookie, user_id: user } = event;
  if (cookie !== null) return md5(`${site}|${cookie}`);
  if (user !== null) return md5(`user|${md5(`${site}|${user}`)}`);
  const order = serverOrderOf(event);
  return order === null ? undefined : md5(`order|${md5(`${site}|${order}`)}`);
}

/** The cookie's visitor that a server's event without cookie joins. */
function joinedVisitor(event: RawEvent, events: readonly RawEvent[]): string | undefined {
  if (event.source !== 'server' || event.anonymous_id !== null) return undefined;
  const cookies = events
    .filter(
      (other) => other.site_id === event.site_id && other.anonymous_id !== null && !isBot(other),
    )
    .sort(
      (a, b) => a.occurred_at - b.occurred_at || bytewise(ownVisitor(a) ?? '', ownVisitor(b) ?? ''),
    );
  const ofUser = cookies.filter(
    ({ user_id }) => event.user_id !== null && user_id === event.user_id,
  );
  const ofOrder = cookies.filter(
    (other) => orderOf(other) !== null && orderOf(other) === orderOf(event),
  );
  const joined =
    ofUser.findLast((other) => other.occurred_at <= event.occurred_at) ?? ofUser[0] ?? ofOrder[0];
  return joined && ownVisitor(joined);
}

function isBot({ source, user_agent }: RawEvent): boolean {
  if (source === 'server') return false;
  return user_agent === null
    ? source === 'web' || source === 'access_log'
    : /bot/i.test(user_agent);
}

/** One visitor's events in order of time. */
function cut(events: readonly VisitorEvent[]): ReferenceSession[] {
  const sessions: ReferenceSession[] = [];
  let run:
    | { start: number; count: number; piece: number; sessions: ReferenceSession[] }
    | undefined;
  let user: string | null = null;
  let campaign: Campaign | undefined;
  let clicks = new Map<string, string>();
  let previous: VisitorEvent | undefined;
  for (const event of events) {
    let cause: string | undefined;
    if (!previous) cause = 'first';
    else if (event.occurred_at - previous.occurred_at > TIMEOUT) cause = 'timeout';
    else if (event.user_id && user && event.user_id !== user) cause = 'user_change';
    if (cause) [campaign, clicks] = [undefined, new Map()];
    if (cause === 'first' || cause === 'timeout') user = null;
    user = event.user_id ?? user;
    const carried = campaignOf(event);
    if (carried && (cause || bringsIn(event))) {
      carried.click ??= clicks.get(carried.utm);
      if (carried.click) clicks.set(carried.utm, carried.click);
      if (!cause && !isSame(carried, campaign)) cause = 'campaign';
      campaign = carried;
    }
    if (cause || !run) run = { start: event.occurred_at, count: 0, piece: 0, sessions: [] };
    const hours = Math.floor((event.occurred_at - run.start) / SECOND / 3600 / MAX_HOURS);
    const piece = Math.floor(run.count / MAX_EVENTS) + hours;
    if (piece > run.piece) cause = 'guard';
    run.piece = piece;
    run.count += 1;
    if (cause) run.sessions.push(opened(event, cause, sessions));
    for (const session of run.sessions) session.is_guarded = piece > 0;
    const session = sessions.at(-1) as ReferenceSession;
    session.event_count += 1;
    session.ended_at = event.occurred_at;
    previous = event;
  }
  return sessions;
}

function opened(
  event: VisitorEvent,
  cause: string,
  sessions: ReferenceSession[],
): ReferenceSession {
  const time = event.occurred_at;
  const id = md5(`${event.visitor}|${event.event_id}`);
  const session = {
    session_id: id,
    split_cause: cause,
    started_at: time,
    ended_at: time,
    event_count: 0,
    is_guarded: false,
  };
  sessions.push(session);
  return session;
}

interface Campaign {
  readonly utm: string;
  click: string | undefined;
}

function campaignOf(event: RawEvent): Campaign | undefined {
  if (event.page_url === null) return undefined;
  const query = new Map<string, string>();
  for (const [name, value] of new URL(event.page_url).searchParams)
    query.set(name.toLowerCase(), value);
  const names = ['utm_source', 'utm_medium', 'utm_campaign'].map(
    (name) => query.get(name)?.toLowerCase() ?? '',
  );
  const type = ['gclid', 'fbclid'].find((name) => query.has(name));
  const utm = names.some((name) => name !== '') ? names.join('|') : '';
  return utm || type ? { utm, click: type && `${type}=${query.get(type)}` } : undefined;
}

/** The same click; where one of the two knows none, the same names. */
function isSame(campaign: Campaign, last: Campaign | undefined): boolean {
  if (!last) return false;
  if (campaign.click && last.click) return campaign.click === last.click;
  return campaign.utm !== '' && campaign.utm === last.utm;
}

/** From outside: no page of the site itself, no payment provider. */
function bringsIn(event: RawEvent): boolean {
  if (event.page_referrer === null) return true;
  const referrer = new URL(event.page_referrer).hostname;
  const page = event.page_url === null ? '' : new URL(event.page_url).hostname;
  return referrer !== page && referrer !== 'paypal.com';
}
