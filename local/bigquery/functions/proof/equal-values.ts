import type { SqlValue } from '../../sql/analyzer';
import type { GoogleSqlType } from '../../sql/types';

/** Differences up to which two FLOAT64s are equal: relative to the greater, or in itself. */
interface Tolerance {
  readonly relative: number;
  readonly absolute?: number;
}

/** Of results of one function. */
export const FUNCTION_TOLERANCE = 1e-12;

/** True where two values of one type are equal; FLOAT64 within a tolerance. */
export function equalValues(
  a: SqlValue,
  b: SqlValue,
  type: GoogleSqlType,
  tolerance: Tolerance = { relative: FUNCTION_TOLERANCE },
): boolean {
  // BigQuery itself hands NULL arrays out as empty ones; cases with IS NULL tell them apart.
  if (type.kind === 'ARRAY') {
    return equalLists(
      (a ?? []) as readonly SqlValue[],
      (b ?? []) as readonly SqlValue[],
      () => type.element,
      tolerance,
    );
  }
  if (a === null || b === null) return a === b;
  switch (type.kind) {
    case 'FLOAT64':
      return equalFloats(Number(a), Number(b), tolerance);
    case 'BYTES':
      return Buffer.compare(a as Uint8Array, b as Uint8Array) === 0;
    case 'JSON':
      return canonicalJson(a as string) === canonicalJson(b as string);
    case 'STRUCT':
      return equalLists(
        Object.values(a),
        Object.values(b),
        (index) => type.fields[index]?.type,
        tolerance,
      );
    default:
      return a === b;
  }
}

function equalFloats(a: number, b: number, { relative, absolute = 0 }: Tolerance): boolean {
  if (Object.is(a, b) || a === b) return true;
  if (!Number.isFinite(a) || !Number.isFinite(b)) return false;
  const difference = Math.abs(a - b);
  return difference <= absolute || difference <= relative * Math.max(Math.abs(a), Math.abs(b));
}

function equalLists(
  a: readonly SqlValue[],
  b: readonly SqlValue[],
  typeOf: (index: number) => GoogleSqlType | undefined,
  tolerance: Tolerance,
): boolean {
  if (a.length !== b.length) return false;
  return a.every((item, index) => {
    const type = typeOf(index);
    return type !== undefined && equalValues(item, b[index] ?? null, type, tolerance);
  });
}

/** JSON has no order of keys in GoogleSQL. */
export function canonicalJson(text: string): string {
  return JSON.stringify(JSON.parse(text), (_key, value: unknown) =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([x], [y]) => (x < y ? -1 : 1)))
      : value,
  );
}
