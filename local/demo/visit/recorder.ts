import type { Random } from '../random/random';
import type { Address } from '../shop/addresses';
import type { Device } from '../shop/devices';
import { shopOrigin } from '../shop/landing';
import type { Person } from '../shop/persons';
import { consentBits, type EventRow, type EventTable } from '../tables/event-table';

const hourMillis = 3_600_000;
const dayMillis = 24 * hourMillis;

/** What an event says beyond who and when. */
interface EventDetail {
  /** JSON */
  readonly properties?: string;
  readonly title?: string;
  readonly withEmail?: 'account' | 'guest';
  readonly withPhone?: boolean;
}

const bitsOf = {
  none: 0,
  analytics: consentBits.analytics,
  all:
    consentBits.analytics |
    consentBits.marketing |
    consentBits.personalization |
    consentBits.thirdParty,
} as const;

/**
 * Writes the events of one visit as they would arrive: in batches after some seconds, sometimes
 * hours later from a phone that was offline, sometimes twice; without consent no identifier at all.
 */
export class Recorder {
  userId: string | null = null;
  pageUrl = shopOrigin;
  referrer: string | null = null;
  #count = 0;
  readonly #delay: number;

  constructor(
    readonly events: EventTable,
    readonly random: Random,
    readonly person: Person,
    readonly device: Device,
    readonly address: Address,
    /** Unique among the person's visits. */
    readonly visitNumber: number,
    readonly startsAt: number,
    endsAt: number,
  ) {
    const offline = random.weighted([0.9885, 0.009, 0.0025]);
    let delay = 0;
    if (offline === 1) delay = random.between(1, 40) * hourMillis;
    if (offline === 2) delay = random.between(3.2, 9) * dayMillis;
    // What would arrive long after the period has no part in it.
    this.#delay = startsAt + delay > endsAt ? 0 : Math.round(delay);
  }

  get hasConsent(): boolean {
    return this.person.consent !== 'none';
  }

  /** Records an event of this visit and answers its id. */
  record(eventName: string, occurredAt: number, detail: EventDetail = {}): string {
    const { random, person, device } = this;
    const known = this.hasConsent;
    const latency = this.#delay + Math.round(200 + random.exponential(1800));
    const row: EventRow = {
      eventId: this.#nextId(),
      eventName,
      source: 'web',
      occurredAt,
      receivedAt: occurredAt + latency,
      anonymousId: known ? device.anonymousId : null,
      userId: known ? this.userId : null,
      etagId: known ? device.etagId : null,
      ipSha256: known ? this.address.ipSha256 : null,
      ipPrefixSha256: known ? this.address.ipPrefixSha256 : null,
      userAgent: device.traits.userAgentAt(this.startsAt),
      emailSha256: known ? this.#email(detail) : null,
      phoneSha256: known && detail.withPhone ? person.phoneSha256 : null,
      pageUrl: this.pageUrl,
      pageReferrer: this.referrer,
      pageTitle: detail.title ?? null,
      consentBits: bitsOf[person.consent],
      properties: detail.properties ?? null,
    };
    this.events.add(row);
    // A beacon that was sent again because its answer was lost.
    if (random.chance(0.004)) {
      this.events.add({ ...row, receivedAt: row.receivedAt + 1 + random.below(300_000) });
    }
    // A device whose clock is wrong, either way.
    if (random.chance(0.00008)) {
      const wrong = random.chance(0.5) ? 400 * dayMillis : -9000 * dayMillis;
      this.events.add({ ...row, eventId: this.#nextId(), occurredAt: occurredAt + wrong });
    }
    return row.eventId;
  }

  /**
   * An event sent by the shop's backend, without page and browser. With the id of the browser's
   * event it confirms that one; without the cookie it stands alone, known by login and e-mail.
   */
  fromServer(
    eventName: string,
    occurredAt: number,
    detail: EventDetail,
    confirms?: { readonly eventId: string },
  ): void {
    const known = this.hasConsent;
    this.events.add({
      eventId: confirms?.eventId ?? this.#nextId(),
      eventName,
      source: 'server',
      occurredAt,
      receivedAt: occurredAt + 900 + this.random.below(6000),
      anonymousId: known && confirms ? this.device.anonymousId : null,
      userId: known ? this.userId : null,
      etagId: null,
      ipSha256: null,
      ipPrefixSha256: null,
      userAgent: null,
      emailSha256: known ? this.#email(detail) : null,
      phoneSha256: null,
      pageUrl: null,
      pageReferrer: null,
      pageTitle: null,
      consentBits: bitsOf[this.person.consent],
      properties: detail.properties ?? null,
    });
  }

  #email(detail: EventDetail): string | null {
    if (!detail.withEmail) return null;
    return detail.withEmail === 'account' ? this.person.emailSha256 : this.person.guestEmailSha256;
  }

  #nextId(): string {
    const number = this.#count++;
    const place = `${this.person.index.toString(36)}-${this.visitNumber.toString(36)}-${number.toString(36)}`;
    return `${this.random.hex8()}-${place}`;
  }
}
