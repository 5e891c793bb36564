import { createHash, createHmac } from 'node:crypto';
import { isIP, isIPv6 } from 'node:net';

/** SHA-256 of a text, in hexadecimal. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/**
 * SHA-256 under a key, in hexadecimal. For values with few possibilities, such as IP
 * addresses, a plain hash would be undone by trying them all.
 */
export function keyedSha256(key: string, text: string): string {
  return createHmac('sha256', key).update(text).digest('hex');
}

/** E-mail as it is hashed everywhere: trimmed and in lower case; undefined when it is none. */
export function normalizeEmail(email: string): string | undefined {
  const text = email.trim().toLowerCase();
  return /^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(text) ? text : undefined;
}

/**
 * Phone number in E.164 with its plus sign; undefined when the country can't be known from
 * the text. A guessed country would join strangers.
 */
export function normalizePhone(phone: string): string | undefined {
  const text = phone
    .trim()
    .replace(/\(0\)/g, '')
    .replace(/[\s().\-/]/g, '')
    .replace(/^00/, '+');
  return /^\+[1-9]\d{6,14}$/.test(text) ? text : undefined;
}

/**
 * The network an address belongs to: the first three bytes of IPv4 ("203.0.113.0/24"), the
 * first three groups of IPv6 ("2001:db8:1::/48"). Undefined when the text is no address.
 */
export function ipPrefix(ip: string): string | undefined {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1];
  const address = mapped ?? ip;
  if (isIP(address) === 0) return undefined;
  if (!isIPv6(address)) return `${address.split('.').slice(0, 3).join('.')}.0/24`;
  return `${expandIpv6(address).slice(0, 3).join(':')}::/48`;
}

/** The groups of an IPv6 address without leading zeros, "::" written out. */
function expandIpv6(address: string): string[] {
  const [head = '', tail] = (address.split('%')[0] ?? '').toLowerCase().split('::');
  const groups = (text: string) => (text === '' ? [] : text.split(':'));
  const first = groups(head);
  const last = tail === undefined ? [] : groups(tail);
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - first.length - last.length);
  const all = [...first, ...Array<string>(zeros).fill('0'), ...last];
  return all.map((group) => group.replace(/^0+(?=.)/, ''));
}

/**
 * An id that depends on its parts alone, so that the same fact gets the same id each time it
 * is read. The parts are written as JSON: ("a", "bc") and ("ab", "c") differ.
 *
 * @returns 32 hexadecimal digits
 */
export function stableId(...parts: readonly (string | number | null)[]): string {
  return sha256(JSON.stringify(parts)).slice(0, 32);
}
