import { createHash, timingSafeEqual } from 'node:crypto';
import { UserError } from './errors';

/** Compares hashes, so that the time taken tells neither length nor content of a key. */
export function isKnownKey(key: string, keys: readonly string[]): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  const given = digest(key);
  let known = false;
  for (const candidate of keys) {
    if (timingSafeEqual(given, digest(candidate))) known = true;
  }
  return known;
}

/** @throws UserError (503) where no key is configured: an open door is never the default. */
export function assertKeys(keys: readonly string[]): void {
  if (keys.length > 0 && keys.every((key) => key !== '')) return;
  throw new UserError(
    'No API key is configured: set TRIBUTARY_API_KEYS to one or more random texts, separated by commas.',
    { status: 503 },
  );
}
