import { z } from 'zod';
import { normalizeEmail, normalizePhone } from '../shared/hash';
import { parseTimestamp } from '../shared/time';

/** Long enough for any real value; a bound so that one event can't fill a table. */
const text = (length: number) => z.string().trim().max(length);
const identifier = text(256).min(1);

const timestamp = z
  .string()
  .refine((value) => parseTimestamp(value) !== undefined, {
    error: 'must be a time with its zone, such as 2026-11-21T08:00:00Z',
  })
  .transform((value) => parseTimestamp(value) as Date);

const sha256Hex = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in hexadecimal (64 digits)');

const email = z
  .string()
  .max(320)
  .refine((value) => normalizeEmail(value) !== undefined, { error: 'must be an e-mail address' });

const phone = z
  .string()
  .max(40)
  .refine((value) => normalizePhone(value) !== undefined, {
    error: 'must be in international form, such as +49 30 1234567',
  });

/** An event with a long address is still an event: data health counts it (`long_url`). */
const address = text(65_536);
const pageUrl = address.refine((value) => /^https?:\/\//i.test(value) && URL.canParse(value), {
  error: 'must be an address that begins with https:// or http://',
});

/** What the visitor agreed to. A field that is missing was not agreed to. */
export const consentSchema = z.strictObject({
  analytics: z.boolean().nullish(),
  marketing: z.boolean().nullish(),
  personalization: z.boolean().nullish(),
  third_party: z.boolean().nullish(),
});

/**
 * An event as clients send it. Unknown fields are refused rather than ignored: a misspelt
 * user_id would be lost in silence. Free data goes into `properties`.
 */
export const eventSchema = z.strictObject({
  event_id: text(128).min(1).nullish(),
  event_name: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,63}$/, 'must be in snake_case, such as page_view'),
  site_id: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'must be letters, digits, ".", "_" or "-"'),
  /** By the client's clock; the time of arrival where it is missing. */
  occurred_at: timestamp.nullish(),
  /** By the same clock: shows how far it is off. */
  sent_at: timestamp.nullish(),
  anonymous_id: identifier.nullish(),
  user_id: identifier.nullish(),
  etag_id: identifier.nullish(),
  email: email.nullish(),
  email_sha256: sha256Hex.nullish(),
  phone: phone.nullish(),
  phone_sha256: sha256Hex.nullish(),
  page_url: pageUrl.nullish(),
  page_referrer: address.nullish(),
  page_title: text(8192).nullish(),
  consent: consentSchema.nullish(),
  properties: z.record(z.string(), z.unknown()).nullish(),
  /** The visitor's address and browser, told by a server; from browsers they come by HTTP. */
  ip: z.union([z.ipv4(), z.ipv6()], { error: 'must be an IP address' }).nullish(),
  user_agent: text(1024).nullish(),
});

export type RequestEvent = z.infer<typeof eventSchema>;
export type Consent = z.infer<typeof consentSchema>;

/** The path of a zod issue as a person writes it: consent.analytics, items[2].price. */
export function issuePath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? String(part) : `${text}.${String(part)}`;
  }, '');
}
