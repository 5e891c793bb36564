import type { Column } from '../sql/catalog';
import { BigQueryError } from '../sql/errors';
import { quoteIdentifier } from '../sql/names';
import { duckFieldNames, type GoogleSqlType } from '../sql/types';

/** Some of a table's columns, records cut down to some of their fields. */
export interface Selection {
  readonly columns: readonly Column[];
  /** DuckDB SQL, one for each column. */
  readonly values: readonly string[];
}

/**
 * Reads selectedFields, 'a,b.c': whole columns and single fields of records, in the order of the
 * table; null selects all. Throws 'invalid' for a field that the table does not have.
 */
export function selectFields(columns: readonly Column[], selected: string | null): Selection {
  const paths = (selected ?? '').split(',').filter(Boolean);
  const whole: GoogleSqlType = { kind: 'STRUCT', fields: columns };
  for (const path of paths) {
    if (!hasPath(whole, path.toLowerCase().split('.'))) {
      throw new BigQueryError(
        'invalid',
        `Invalid field name "${path}": the table has no such field`,
      );
    }
  }
  const parts = columns.flatMap((column) => {
    const inner = innerPaths(paths, column.name);
    const part = inner && selectType(quoteIdentifier(column.name), column.type, inner);
    return paths.length === 0
      ? [{ column, value: quoteIdentifier(column.name) }]
      : part
        ? [{ column: { ...column, type: part.type }, value: part.value }]
        : [];
  });
  return { columns: parts.map(({ column }) => column), values: parts.map(({ value }) => value) };
}

function hasPath(type: GoogleSqlType, [name, ...rest]: readonly string[]): boolean {
  if (name === undefined) return true;
  if (type.kind === 'ARRAY') return hasPath(type.element, [name, ...rest]);
  if (type.kind !== 'STRUCT') return false;
  const field = type.fields.find((one) => one.name.toLowerCase() === name);
  return field !== undefined && hasPath(field.type, rest);
}

/** What the paths say below a name: undefined for nothing, [] for all of it. */
function innerPaths(paths: readonly string[], name: string): string[] | undefined {
  const lower = name.toLowerCase();
  const own = paths.filter((path) => path.split('.')[0]?.toLowerCase() === lower);
  if (own.length === 0) return undefined;
  const inner = own.map((path) => path.slice(lower.length + 1));
  return inner.includes('') ? [] : inner;
}

function selectType(
  value: string,
  type: GoogleSqlType,
  paths: readonly string[],
): { type: GoogleSqlType; value: string } {
  if (paths.length === 0) return { type, value };
  if (type.kind === 'ARRAY') {
    const item = selectType('x', type.element, paths);
    return {
      type: { kind: 'ARRAY', element: item.type },
      value: `list_transform(${value}, lambda x: ${item.value})`,
    };
  }
  if (type.kind !== 'STRUCT') return { type, value };
  const names = duckFieldNames(type.fields).map(quoteIdentifier);
  const parts = type.fields.flatMap((field, index) => {
    const inner = innerPaths(paths, field.name);
    if (!inner) return [];
    const name = names[index] as string;
    return [{ name, field: field.name, ...selectType(`${value}.${name}`, field.type, inner) }];
  });
  const packed = parts.map((part) => `${part.name} := ${part.value}`).join(', ');
  return {
    type: {
      kind: 'STRUCT',
      fields: parts.map(({ field, type: inner }) => ({ name: field, type: inner })),
    },
    value: `CASE WHEN ${value} IS NULL THEN NULL ELSE struct_pack(${packed}) END`,
  };
}
