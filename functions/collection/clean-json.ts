import { UserError } from '../shared/errors';

export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [key: string]: Json };

/** Deeper data is no event but an attack on whoever walks through it. */
const maxDepth = 32;

/**
 * A copy of parsed JSON that every later step can take: text that UTF-8 can't hold (half
 * surrogate pairs) and NUL, which warehouses refuse, become U+FFFD. One such character would
 * otherwise fail the load of all events that travel with it.
 *
 * @throws UserError where the data is nested too deeply
 */
export function cleanJson(value: unknown, depth = 0): Json {
  if (depth > maxDepth) {
    throw new UserError(`The body is nested more than ${maxDepth} levels deep: send flatter data.`);
  }
  if (typeof value === 'string') return cleanText(value);
  if (Array.isArray(value)) return value.map((item) => cleanJson(item, depth + 1));
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value);
    return Object.fromEntries(
      entries.map(([key, item]) => [cleanText(key), cleanJson(item, depth + 1)]),
    );
  }
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  return typeof value === 'boolean' ? value : null;
}

const replaced = /[\0]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

function cleanText(text: string): string {
  return text.replace(replaced, '\ufffd');
}
