import type { Row, Value } from './warehouse';

/** Large integers stay text: a rounded id would join the wrong rows. */
export function castInteger(text: string): number | string {
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : text;
}

/**
 * A value as the client returns it, as the interface promises it: dates and timestamps (objects
 * with `value`), NUMERIC (Big), BYTES (Buffer, as base64) become text.
 */
export function toValue(value: unknown): Value {
  if (value === null || value === undefined) return null;
  if (typeof value !== 'object') return value as string | number | boolean;
  if (Array.isArray(value)) return value.map(toValue);
  if (Buffer.isBuffer(value)) return value.toString('base64');
  if (isNumeric(value)) return value.toFixed();
  if ('value' in value && Object.keys(value).length === 1) return toValue(value.value);
  return toRow(value as Record<string, unknown>);
}

export function toRow(row: Readonly<Record<string, unknown>>): Row {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, toValue(value)]));
}

/** Big, without importing it: its digits, exponent and sign are its own properties. */
function isNumeric(value: object): value is { toFixed(): string } {
  return 'c' in value && 'e' in value && 's' in value && 'toFixed' in value;
}

/**
 * The types that the client can't infer: of null and of empty arrays. Both are taken for text,
 * which a query casts where it needs something else.
 */
export function untypedParams(params: Row): Record<string, string | string[]> {
  const types: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(params)) {
    if (value === null) types[name] = 'STRING';
    if (Array.isArray(value) && value.length === 0) types[name] = ['STRING'];
  }
  return types;
}
