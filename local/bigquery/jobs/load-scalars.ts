import { quoteString } from '../sql/names';
import { toDuckType } from '../sql/types';

// DuckDB SQL of values that BigQuery reads more strictly than a cast of DuckDB's. What it refuses
// fails in a cast as well, because TRY, which looks for the bad row, cannot catch error().

/** A cast that no text passes. */
function refuse(text: string, type: string): string {
  return `CAST('x' || ${text} AS ${type})`;
}

/** The pattern is asked only where the number is not written as DuckDB would write it. */
export function integerFromText(text: string, integers: RegExp): string {
  const isInteger = `CAST(TRY_CAST(${text} AS BIGINT) AS VARCHAR) = ${text} OR regexp_matches(${text}, ${quoteString(integers.source)})`;
  return `CASE WHEN ${isInteger} THEN CAST(${text} AS BIGINT) ELSE ${refuse(text, 'BIGINT')} END`;
}

/** DuckDB reads 1_000, and what is beyond the largest number as infinity. */
export function floatFromText(text: string): string {
  const value = `CAST(${text} AS DOUBLE)`;
  const isBeyond = `(isinf(${value}) AND NOT contains(lower(${text}), 'inf'))`;
  return `CASE WHEN contains(${text}, '_') OR ${isBeyond} THEN ${refuse(text, 'DOUBLE')} ELSE ${value} END`;
}

export function numericFromText(text: string): string {
  const type = toDuckType({ kind: 'NUMERIC' });
  return `CASE WHEN contains(${text}, '_') THEN ${refuse(text, type)} ELSE CAST(${text} AS ${type}) END`;
}

/** DuckDB would leave out what follows a date: a time, a zone, 'BC'. */
export function dateFromText(text: string): string {
  const isDate = `regexp_full_match(${text}, ' *[0-9]{4}[-/][0-9]{1,2}[-/][0-9]{1,2} *')`;
  return `CASE WHEN ${isDate} THEN CAST(${text} AS DATE) ELSE ${refuse(text, 'DATE')} END`;
}

/** Texts with or without zone ('UTC', 'Z', '+02:00'), else seconds since 1970 as a number. */
export function timestampFromText(text: string): string {
  const seconds = `CAST(round(${floatFromText(text)} * 1000000) AS BIGINT)`;
  return `COALESCE(TRY_CAST(${withKnownZone(text)} AS TIMESTAMPTZ), make_timestamptz(${seconds}))`;
}

/** DuckDB takes BST for Bangladesh, and 'infinity' for a time: words must be zones of BigQuery's. */
function withKnownZone(text: string): string {
  const zone = `bq_zone(regexp_extract(${text}, '[A-Za-z][A-Za-z0-9_+/-]*$'))`;
  return `CASE WHEN ends_with(${text}, 'Z') OR ends_with(${text}, ' UTC') OR NOT regexp_matches(${text}, '[A-Za-z]{2}') OR ${zone} IS NOT NULL THEN ${text} END`;
}
