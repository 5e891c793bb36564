import { quoteIdentifier, quoteString } from '../sql/names';
import { duckFieldNames, type GoogleSqlType } from '../sql/types';

/**
 * Fails where an array has a NULL in it, which no table can hold. A cast fails, because TRY, which
 * looks for the bad row, cannot catch error().
 */
export function refuseNullElements(value: string, type: GoogleSqlType): string {
  const hasNull = nullElements(value, type, 0);
  if (!hasNull) return value;
  return `CASE WHEN ${hasNull} THEN list_extract([${value}], CAST(${value}::VARCHAR || 'x' AS BIGINT)) ELSE ${value} END`;
}

/** NULL arrays as the empty ones that a table holds, inside records too. */
export function emptyArrays(value: string, type: GoogleSqlType, depth = 0): string {
  if (!holdsArray(type)) return value;
  if (type.kind === 'ARRAY') {
    const list = `COALESCE(${value}, [])`;
    if (!holdsArray(type.element)) return list;
    const item = `filled${depth}`;
    return `list_transform(${list}, lambda ${item}: ${emptyArrays(item, type.element, depth + 1)})`;
  }
  if (type.kind !== 'STRUCT') return value;
  const names = duckFieldNames(type.fields);
  const fields = type.fields.map((field, index) => {
    const name = names[index] as string;
    const part = `struct_extract(${value}, ${quoteString(name)})`;
    return `${quoteIdentifier(name)} := ${emptyArrays(part, field.type, depth)}`;
  });
  return `CASE WHEN ${value} IS NOT NULL THEN struct_pack(${fields.join(', ')}) END`;
}

function holdsArray(type: GoogleSqlType): boolean {
  if (type.kind === 'ARRAY') return true;
  return type.kind === 'STRUCT' && type.fields.some((field) => holdsArray(field.type));
}

/** A condition that holds where an array has a NULL in it; undefined where there is no array. */
function nullElements(value: string, type: GoogleSqlType, depth: number): string | undefined {
  if (type.kind === 'ARRAY') {
    const item = `item${depth}`;
    const inner = nullElements(item, type.element, depth + 1);
    const own = `len(${value}) > list_count(${value})`;
    return inner
      ? `(${own} OR len(list_filter(${value}, lambda ${item}: ${inner})) > 0)`
      : `(${own})`;
  }
  if (type.kind !== 'STRUCT') return undefined;
  const names = duckFieldNames(type.fields);
  const parts = type.fields.flatMap((field, index) => {
    const name = quoteString(names[index] as string);
    return nullElements(`struct_extract(${value}, ${name})`, field.type, depth) ?? [];
  });
  return parts.length > 0 ? `(${parts.join(' OR ')})` : undefined;
}
