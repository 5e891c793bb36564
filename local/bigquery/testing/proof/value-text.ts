import { canonicalJson } from '../../functions/proof/equal-values';
import type { SqlValue } from '../../sql/analyzer';
import type { GoogleSqlType } from '../../sql/types';

/** One text for values that are equal: rows are sorted and grouped by it. */
export function valueText(value: SqlValue | undefined, type: GoogleSqlType): string {
  if (type.kind === 'ARRAY') {
    const items = (value ?? []) as readonly SqlValue[];
    return `[${items.map((item) => valueText(item, type.element)).join(', ')}]`;
  }
  if (value === null || value === undefined) return 'NULL';
  switch (type.kind) {
    case 'STRUCT': {
      const fields = Object.values(value as Readonly<Record<string, SqlValue>>);
      const texts = fields.map((field, index) => {
        const fieldType = type.fields[index]?.type;
        return fieldType ? valueText(field, fieldType) : '';
      });
      return `(${texts.join(', ')})`;
    }
    case 'JSON':
      return canonicalJson(String(value));
    case 'BYTES':
      return `0x${Buffer.from(value as Uint8Array).toString('hex')}`;
    case 'STRING':
      return JSON.stringify(value);
    default:
      return String(value);
  }
}

/** True where a value of the type is or holds FLOAT64, whose text says nothing about equality. */
export function hasFloat(type: GoogleSqlType): boolean {
  if (type.kind === 'ARRAY') return hasFloat(type.element);
  if (type.kind === 'STRUCT') return type.fields.some((field) => hasFloat(field.type));
  return type.kind === 'FLOAT64';
}

/** True where a value is or holds NaN or an infinity. */
export function hasNoNumber(value: SqlValue | undefined): boolean {
  if (typeof value === 'number') return !Number.isFinite(value);
  if (value === null || typeof value !== 'object' || value instanceof Uint8Array) return false;
  return Object.values(value).some(hasNoNumber);
}
