import { type JsonStep, quoteJson, rawEntries } from './json-scan';

/**
 * Changes of compact JSON text. Only the objects and arrays on the way to the place are taken
 * apart; all else stays as it is written.
 */

type Entries = readonly (readonly [JsonStep, string])[];

function written(entries: Entries, isObject: boolean): string {
  return isObject
    ? `{${entries.map(([key, value]) => `${quoteJson(String(key))}:${value}`).join(',')}}`
    : `[${entries.map(([, value]) => value).join(',')}]`;
}

const isContainer = (raw: string): boolean => raw[0] === '{' || raw[0] === '[';

/** JSON_REMOVE: without the value at the path; unchanged where there is none. */
export function removeJson(raw: string, path: readonly JsonStep[]): string {
  const [step, ...rest] = path;
  if (step === undefined) throw new Error('JSON_REMOVE of the whole value');
  if (raw[0] !== (typeof step === 'string' ? '{' : '[')) return raw;
  const entries = rawEntries(raw);
  const changed =
    rest.length === 0
      ? entries.filter(([key]) => key !== step)
      : entries.map(
          ([key, value]) => [key, key === step ? removeJson(value, rest) : value] as const,
        );
  return written(changed, raw[0] === '{');
}

/**
 * JSON_SET: with the value at the path, made where it is missing; a JSON null on the way becomes
 * what the path asks for. Unchanged where the path leads through something else.
 */
export function setJson(raw: string, path: readonly JsonStep[], value: string): string {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  const container = raw === 'null' ? (typeof step === 'string' ? '{}' : '[]') : raw;
  if (container[0] !== (typeof step === 'string' ? '{' : '[')) return raw;
  const entries: (readonly [JsonStep, string])[] = [...rawEntries(container)];
  const at = entries.findIndex(([key]) => key === step);
  if (at >= 0) {
    entries[at] = [step, setJson(entries[at]?.[1] ?? 'null', rest, value)];
  } else {
    if (typeof step === 'number') {
      if (step > 1_000_000) throw new Error('JSON_SET beyond a million elements is not supported');
      while (entries.length < step) entries.push([entries.length, 'null']);
    }
    entries.push([step, setJson('null', rest, value)]);
  }
  return written(entries, container[0] === '{');
}

/** JSON_STRIP_NULLS: objects without members that are null, arrays without such elements. */
export function stripNulls(raw: string): string {
  if (!isContainer(raw)) return raw;
  const kept = rawEntries(raw)
    .filter(([, value]) => value !== 'null')
    .map(([key, value]) => [key, stripNulls(value)] as const);
  return written(kept, raw[0] === '{');
}
