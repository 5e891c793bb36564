import type { ResolvedType } from '../analyzer/type-proto';
import { toDuckType } from '../duck-type';
import { UnsupportedError } from '../errors';
import type { Location } from '../resolved-ast/expressions';
import type { GoogleSqlType } from '../types';

/** The type, or a refusal by name of one the local BigQuery does not have. */
export function knownType(type: ResolvedType, location?: Location): GoogleSqlType {
  if (type.kind === 'OTHER') throw new UnsupportedError(`type ${type.name}`, location);
  return type;
}

/** DuckDB's type of a resolved type. */
export function duckTypeOf(type: ResolvedType, location?: Location): string {
  return toDuckType(knownType(type, location));
}
