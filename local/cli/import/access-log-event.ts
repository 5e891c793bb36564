import { ipPrefix, keyedSha256, sha256, stableId } from '@tributary/functions/shared/hash';
import type { Row } from '@tributary/functions/warehouse/warehouse';
import type { AccessLogLine } from './access-log-line';
import { eventNameOf, requestKind } from './request-kind';

export interface LogContext {
  readonly siteId: string;
  readonly host: string;
  readonly receivedAt: Date;
  /** Key of the hashes of addresses; the site id where there is no secret. */
  readonly hashSecret: string;
}

/**
 * The row of raw.events of one line. Its id is made of site, line, and how many equal lines stood
 * before it: importing the log again, even grown, adds nothing new.
 *
 * @param occurrence number of equal lines before this one
 */
export function accessLogEvent(
  text: string,
  line: AccessLogLine,
  occurrence: number,
  context: LogContext,
): Row {
  const kind = requestKind(line);
  const prefix = ipPrefix(line.ip);
  const hash = (value: string) => keyedSha256(context.hashSecret, value);
  return {
    event_id: stableId('access_log', context.siteId, text, occurrence),
    event_name: eventNameOf(kind),
    site_id: context.siteId,
    source: 'access_log',
    occurred_at: line.occurredAt.toISOString(),
    received_at: context.receivedAt.toISOString(),
    // A log knows no cookie: address and browser together stand for the visitor.
    anonymous_id: sha256(`${context.siteId}|${line.ip}|${line.userAgent ?? ''}`).slice(0, 32),
    user_id: line.user ?? null,
    ip_sha256: hash(line.ip),
    ip_prefix_sha256: prefix === undefined ? null : hash(prefix),
    user_agent: line.userAgent ?? null,
    page_url: pageUrl(line.target, context.host),
    page_referrer: line.referrer ?? null,
    properties: {
      method: line.method,
      status: line.status,
      bytes: line.bytes,
      protocol: line.protocol,
      request_kind: kind,
    },
  };
}

/** Logs don't say which scheme was used: https, as the visitor's links do today. */
function pageUrl(target: string, host: string): string {
  if (/^https?:\/\//i.test(target)) return target;
  return `https://${host}${target.startsWith('/') ? target : '/'}`;
}
