import { toDuckType } from '../sql/duck-type';
import { UnsupportedError } from '../sql/errors';
import type { GoogleSqlType, ScalarKind } from '../sql/types';
import { castNested } from './cast-nested';
import { castToText } from './cast-to-text';
import { numericFromFloat } from './numeric';
import { parseText } from './parse-text';
import { utcDatetime, utcTimestamp } from './time-zone';

/**
 * DuckDB SQL for CAST(sql AS to), or SAFE_CAST, which answers NULL where CAST fails. Refuses the
 * pairs that GoogleSQL has no cast for.
 */
export function compileCast(
  sql: string,
  from: GoogleSqlType,
  to: GoogleSqlType,
  safe: boolean,
): string {
  if (isSame(from, to)) return sql;
  if (isNested(from) || isNested(to)) return castNested(sql, from, to, safe, compileCast);
  if (from.kind === 'STRING') return parseText(sql, to.kind, safe);
  const cast = castScalar(sql, from.kind, to.kind);
  return safe ? `TRY(${cast})` : cast;
}

function isNested(type: GoogleSqlType): type is Exclude<GoogleSqlType, { kind: ScalarKind }> {
  return type.kind === 'ARRAY' || type.kind === 'STRUCT';
}

function isSame(a: GoogleSqlType, b: GoogleSqlType): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Pairs for which DuckDB's own cast is exact. */
const DIRECT = new Set([
  'BOOL>INT64',
  'INT64>BOOL',
  'INT64>FLOAT64',
  'INT64>NUMERIC',
  'NUMERIC>FLOAT64',
  'DATE>DATETIME',
  'DATETIME>DATE',
  'DATETIME>TIME',
]);

function castScalar(sql: string, from: GoogleSqlType['kind'], to: GoogleSqlType['kind']): string {
  const pair = `${from}>${to}`;
  if (DIRECT.has(pair)) return `CAST(${sql} AS ${toDuckType({ kind: to as ScalarKind })})`;
  // Halves away from zero; DuckDB's own cast of a DOUBLE rounds them to even.
  if (pair === 'FLOAT64>INT64' || pair === 'NUMERIC>INT64') return `CAST(round(${sql}) AS BIGINT)`;
  if (pair === 'FLOAT64>NUMERIC') return numericFromFloat(sql);
  if (pair === 'BYTES>STRING') return `decode(${sql})`;
  if (pair === 'TIMESTAMP>DATETIME') return utcDatetime(sql);
  if (from === 'TIMESTAMP' && (to === 'DATE' || to === 'TIME'))
    return `CAST(${utcDatetime(sql)} AS ${to})`;
  if (pair === 'DATETIME>TIMESTAMP' || pair === 'DATE>TIMESTAMP') return utcTimestamp(sql);
  if (to === 'STRING') return castToText(sql, from as ScalarKind);
  throw new UnsupportedError(`CAST of ${from} to ${to}`);
}
