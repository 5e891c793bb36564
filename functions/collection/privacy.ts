import type { Json } from './clean-json';

/** Names of fields that say who somebody is, in events and in their properties. */
const identifierName =
  /^(e_?mail|phone|tel|telephone|mobile|ip|ip_address|anonymous_?id|user_?id|customer_?(id|ref)|client_?id|etag_id|order_?id|transaction_?id|first_?name|last_?name|full_?name|address|street|password|token)(_sha256)?$/i;
const word = /[^\s"'<>()[\],;:=&?/]+/g;
const at = /[^@](?:@|%40)/;
const mark = '[redacted]';

/**
 * E-mail addresses replaced. Word by word: one pattern for the whole address would look for its '@'
 * anew from every character on, ten seconds for 100 KB without any.
 */
function withoutAddresses(text: string): string {
  return text.replace(word, (found) => {
    const start = found.search(at);
    return start >= 0 && /\.[a-z]{2,}/i.test(found.slice(start)) ? mark : found;
  });
}

/** Data to keep for diagnosis: the shape stays, whatever says who somebody is goes. */
export function redact(value: Json): Json {
  if (typeof value === 'string') return withoutAddresses(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(redact);
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      identifierName.test(key) && item !== null ? mark : redact(item),
    ]),
  );
}

/** Properties without their identifiers, for events without consent to analytics. */
export function withoutIdentifiers(value: Json): Json {
  if (typeof value === 'string') return withoutAddresses(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(withoutIdentifiers);
  const kept = Object.entries(value).filter(([key]) => !identifierName.test(key));
  return Object.fromEntries(kept.map(([key, item]) => [key, withoutIdentifiers(item)]));
}

/**
 * An address without what may identify: of its query only the campaign's names (utm_*) stay,
 * click ids and the fragment go.
 */
export function withoutIdentifyingQuery(address: string): string {
  if (!URL.canParse(address)) return '';
  const url = new URL(address);
  for (const name of [...url.searchParams.keys()]) {
    if (!/^utm_/i.test(name)) url.searchParams.delete(name);
  }
  url.hash = '';
  url.username = '';
  url.password = '';
  return url.toString();
}
