import { type ColumnTable, finishTable, IdBuilder, NumberBuilder, TextBuilder } from './columns';

/** Bits of the column consent_bits. */
export const consentBits = {
  analytics: 1,
  marketing: 2,
  personalization: 4,
  thirdParty: 8,
} as const;

/** A row of raw.events; times in milliseconds; consentBits null where nobody was asked. */
export interface EventRow {
  readonly eventId: string;
  readonly eventName: string;
  readonly source: string;
  readonly occurredAt: number;
  readonly receivedAt: number;
  readonly anonymousId: string | null;
  readonly userId: string | null;
  readonly etagId: string | null;
  readonly ipSha256: string | null;
  readonly ipPrefixSha256: string | null;
  readonly userAgent: string | null;
  readonly emailSha256: string | null;
  readonly phoneSha256: string | null;
  readonly pageUrl: string | null;
  readonly pageReferrer: string | null;
  readonly pageTitle: string | null;
  readonly consentBits: number | null;
  /** JSON */
  readonly properties: string | null;
}

/** Collects raw.events in columns. */
export class EventTable {
  readonly #builders = {
    event_id: new IdBuilder(),
    event_name: new TextBuilder(),
    site_id: new TextBuilder(),
    source: new TextBuilder(),
    occurred_at: new NumberBuilder(),
    received_at: new NumberBuilder(),
    anonymous_id: new TextBuilder(),
    user_id: new TextBuilder(),
    etag_id: new TextBuilder(),
    ip_sha256: new TextBuilder(),
    ip_prefix_sha256: new TextBuilder(),
    user_agent: new TextBuilder(),
    email_sha256: new TextBuilder(),
    phone_sha256: new TextBuilder(),
    page_url: new TextBuilder(),
    page_referrer: new TextBuilder(),
    page_title: new TextBuilder(),
    consent_bits: new NumberBuilder(),
    properties: new TextBuilder(),
  };

  constructor(readonly siteId: string) {}

  get rowCount(): number {
    return this.#builders.event_id.length;
  }

  add(row: EventRow): void {
    const columns = this.#builders;
    columns.event_id.push(row.eventId);
    columns.event_name.push(row.eventName);
    columns.site_id.push(this.siteId);
    columns.source.push(row.source);
    columns.occurred_at.push(row.occurredAt);
    columns.received_at.push(row.receivedAt);
    columns.anonymous_id.push(row.anonymousId);
    columns.user_id.push(row.userId);
    columns.etag_id.push(row.etagId);
    columns.ip_sha256.push(row.ipSha256);
    columns.ip_prefix_sha256.push(row.ipPrefixSha256);
    columns.user_agent.push(row.userAgent);
    columns.email_sha256.push(row.emailSha256);
    columns.phone_sha256.push(row.phoneSha256);
    columns.page_url.push(row.pageUrl);
    columns.page_referrer.push(row.pageReferrer);
    columns.page_title.push(row.pageTitle);
    columns.consent_bits.push(row.consentBits);
    columns.properties.push(row.properties);
  }

  finish(): ColumnTable {
    return finishTable(this.#builders);
  }
}
