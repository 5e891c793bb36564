import { quoteString } from '../sql/names';
import { duckFieldNames, type GoogleSqlType } from '../sql/types';

/**
 * DuckDB SQL that writes a value as DuckDB SQL, to be cast to its type. DuckDB's own text of lists
 * and structs does not read back: in ["]","["] it sees one element less.
 */
export function valueText(value: string, type: GoogleSqlType, depth = 0): string {
  return `CASE WHEN ${value} IS NULL THEN 'NULL' ELSE ${presentText(value, type, depth)} END`;
}

function presentText(value: string, type: GoogleSqlType, depth: number): string {
  if (type.kind === 'ARRAY') {
    const item = `x${depth}`;
    const texts = `list_transform(${value}, lambda ${item}: ${valueText(item, type.element, depth + 1)})`;
    return `'[' || array_to_string(${texts}, ', ') || ']'`;
  }
  if (type.kind !== 'STRUCT')
    return `'''' || replace(CAST(${value} AS VARCHAR), '''', '''''') || ''''`;
  const fields = duckFieldNames(type.fields).map((name, i) => {
    const field = `struct_extract(${value}, ${quoteString(name)})`;
    const text = valueText(field, (type.fields[i] as { type: GoogleSqlType }).type, depth);
    return `${quoteString(`${quoteString(name)}: `)} || ${text}`;
  });
  return `'{' || ${fields.join(" || ', ' || ")} || '}'`;
}
