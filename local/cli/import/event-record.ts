import type { Json } from '@tributary/functions/collection/clean-json';
import { cleanJson } from '@tributary/functions/collection/clean-json';
import { messageOf } from '@tributary/functions/shared/errors';
import { parseTimestamp } from '@tributary/functions/shared/time';

/**
 * A record of a file as the event that a client would have sent: "consent.analytics" and
 * "properties.price" as columns become nested fields, JSON text becomes what it says, and times
 * without a zone are taken as UTC. Empty values are left out.
 */
export function toRequestEvent(
  values: Readonly<Record<string, unknown>>,
  siteId: string | undefined,
): Json {
  const event: Record<string, unknown> = siteId === undefined ? {} : { site_id: siteId };
  for (const [column, value] of Object.entries(values)) {
    if (value === null || value === undefined || value === '') continue;
    const [name = '', field] = splitOnce(column);
    if (field === undefined) {
      event[name] = readValue(name, value);
    } else {
      const group = event[name];
      const fields = typeof group === 'object' && group !== null ? group : {};
      event[name] = { ...fields, [field]: readScalar(value) };
    }
  }
  try {
    return cleanJson(event);
  } catch (error) {
    return { unreadable: messageOf(error) };
  }
}

function splitOnce(column: string): [string, string?] {
  const dot = column.indexOf('.');
  const isNested = dot > 0 && ['consent', 'properties'].includes(column.slice(0, dot));
  return isNested ? [column.slice(0, dot), column.slice(dot + 1)] : [column];
}

function readValue(name: string, value: unknown): unknown {
  if (typeof value !== 'string') return value;
  if (name === 'consent' || name === 'properties') return readJson(value);
  if (name === 'occurred_at' || name === 'sent_at') {
    // What is no time stays as it is: the check then names it.
    return parseTimestamp(value, { assumeUtc: true })?.toISOString() ?? value;
  }
  return value;
}

function readScalar(value: unknown): unknown {
  return typeof value === 'string' ? readJson(value) : value;
}

/** Numbers, booleans and objects as such; any other text stays text. */
function readJson(text: string): unknown {
  // 007 and 1e5 as text would be article numbers, not numbers: only plain ones are converted.
  const isJson = /^(?:-?(?:0|[1-9]\d{0,14})(?:\.\d{1,15})?|true|false|null|[[{].*[\]}])$/s.test(
    text,
  );
  if (!isJson) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
