import { duckFieldNames, toDuckType } from './duck-type';
import { quoteString } from './names';
import type { GoogleSqlType } from './types';

interface Value {
  readonly sql: string;
  readonly type: GoogleSqlType;
}

/** SQL in the place of a value whose type does not fit; or it throws. */
type Refuse = (from: GoogleSqlType, to: GoogleSqlType) => string;

/**
 * A value of one table's type as another's: fields are found by name, those that are missing are
 * NULL (arrays empty, as no table has a NULL array), and other differences of type are what
 * `refuse` makes of them.
 */
export function reshape(value: Value | undefined, type: GoogleSqlType, refuse: Refuse): string {
  if (!value) return `CAST(${type.kind === 'ARRAY' ? '[]' : 'NULL'} AS ${toDuckType(type)})`;
  const { sql, type: own } = value;
  if (toDuckType(own) === toDuckType(type)) return sql;
  if (own.kind === 'ARRAY' && type.kind === 'ARRAY') {
    const item = `item${depthOf(type)}`;
    const element = reshape({ sql: item, type: own.element }, type.element, refuse);
    return `list_transform(${sql}, lambda ${item}: ${element})`;
  }
  if (own.kind !== 'STRUCT' || type.kind !== 'STRUCT') return refuse(own, type);
  const ownNames = duckFieldNames(own.fields);
  const names = duckFieldNames(type.fields);
  const fields = type.fields.map((field, i) => {
    const name = names[i] as string;
    const at = ownNames.findIndex((known) => known.toLowerCase() === name.toLowerCase());
    const found = own.fields[at];
    const part = found && {
      sql: `struct_extract(${sql}, ${quoteString(ownNames[at] as string)})`,
      type: found.type,
    };
    return `${quoteString(name)}: ${reshape(part, field.type, refuse)}`;
  });
  return `CASE WHEN ${sql} IS NOT NULL THEN {${fields.join(', ')}} END`;
}

/** Lambdas inside lambdas need names of their own. */
function depthOf(type: GoogleSqlType): number {
  if (type.kind === 'ARRAY') return 1 + depthOf(type.element);
  if (type.kind === 'STRUCT')
    return Math.max(0, ...type.fields.map((field) => depthOf(field.type)));
  return 0;
}
