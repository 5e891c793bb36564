import type { WireValue } from '../rest/encode';
import type { GoogleSqlType } from '../sql/types';

/**
 * A value as people read it: timestamps as text in UTC, arrays as [a, b], structs as (a, b). In a
 * text that is empty or has blanks at its ends, quotes show where it begins.
 */
export function printValue(value: WireValue, type: GoogleSqlType): string {
  if (value === null) return 'NULL';
  if (typeof value === 'string') return printScalar(value, type);
  if ('f' in value) {
    const fields = type.kind === 'STRUCT' ? type.fields : [];
    return `(${value.f.map(({ v }, i) => printValue(v, fields[i]?.type ?? type)).join(', ')})`;
  }
  const element = type.kind === 'ARRAY' ? type.element : type;
  return `[${value.map(({ v }) => printValue(v, element)).join(', ')}]`;
}

function printScalar(text: string, type: GoogleSqlType): string {
  if (type.kind === 'TIMESTAMP') return printTimestamp(text);
  return type.kind === 'STRING' && (text === '' || text !== text.trim() || text === 'NULL')
    ? `'${text}'`
    : text;
}

/** Whole microseconds since 1970 to '2026-01-01 10:00:00.000001 UTC'. */
function printTimestamp(micros: string): string {
  const total = BigInt(micros);
  const second = 1_000_000n;
  const fraction = ((total % second) + second) % second;
  const date = new Date(Number((total - fraction) / 1000n));
  if (Number.isNaN(date.getTime())) return micros;
  const digits = fraction === 0n ? '' : `.${fraction.toString().padStart(6, '0')}`;
  return `${date.toISOString().slice(0, -5).replace('T', ' ')}${digits} UTC`;
}
