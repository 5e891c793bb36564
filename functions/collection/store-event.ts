import { ipPrefix, keyedSha256, normalizeEmail, normalizePhone, sha256 } from '../shared/hash';
import type { Row } from '../warehouse/warehouse';
import type { EventContext } from './check-event';
import type { Json } from './clean-json';
import type { Consent, RequestEvent } from './event-schema';
import { withoutIdentifiers, withoutIdentifyingQuery } from './privacy';

interface StoreContext extends EventContext {
  readonly eventId: string;
  readonly occurredAt: Date;
}

/**
 * The row of raw.events of a valid event: plain e-mail, phone and address become hashes here
 * and go no further. Without consent to analytics nothing that identifies is kept.
 */
export function storeEvent(event: RequestEvent, context: StoreContext): Row {
  const hasConsent = event.consent?.analytics === true;
  const properties = (event.properties ?? null) as Json;
  return {
    event_id: context.eventId,
    event_name: event.event_name,
    site_id: event.site_id,
    source: context.source,
    occurred_at: context.occurredAt.toISOString(),
    received_at: context.receivedAt.toISOString(),
    ...identifiers(event, context, hasConsent),
    user_agent: event.user_agent ?? context.userAgent ?? null,
    page_url: address(event.page_url, hasConsent),
    page_referrer: address(event.page_referrer, hasConsent),
    page_title: emptyToNull(event.page_title),
    consent: event.consent ? storeConsent(event.consent) : null,
    properties: hasConsent ? properties : withoutIdentifiers(properties),
  };
}

function identifiers(event: RequestEvent, context: StoreContext, hasConsent: boolean): Row {
  if (!hasConsent) {
    return {
      anonymous_id: null,
      user_id: null,
      etag_id: null,
      ip_sha256: null,
      ip_prefix_sha256: null,
      email_sha256: null,
      phone_sha256: null,
    };
  }
  const ip = event.ip ?? context.ip;
  const prefix = ip ? ipPrefix(ip) : undefined;
  const email = event.email ? normalizeEmail(event.email) : undefined;
  const phone = event.phone ? normalizePhone(event.phone) : undefined;
  return {
    anonymous_id: event.anonymous_id ?? null,
    user_id: event.user_id ?? null,
    etag_id: event.etag_id ?? null,
    ip_sha256: ip ? keyedSha256(context.hashSecret, ip) : null,
    ip_prefix_sha256: prefix ? keyedSha256(context.hashSecret, prefix) : null,
    email_sha256: email ? sha256(email) : (event.email_sha256 ?? null),
    phone_sha256: phone ? sha256(phone) : (event.phone_sha256 ?? null),
  };
}

function storeConsent(consent: Consent): Row {
  return {
    analytics: consent.analytics ?? null,
    marketing: consent.marketing ?? null,
    personalization: consent.personalization ?? null,
    third_party: consent.third_party ?? null,
  };
}

function address(url: string | null | undefined, hasConsent: boolean): string | null {
  const text = emptyToNull(url);
  if (text === null || hasConsent) return text;
  return emptyToNull(withoutIdentifyingQuery(text));
}

function emptyToNull(text: string | null | undefined): string | null {
  return text === undefined || text === null || text === '' ? null : text;
}
