import { bindOnce } from '../functions/sql-text';
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
  const usual = `TRY_CAST(${withKnownZone(text)} AS TIMESTAMPTZ)`;
  return `COALESCE(${usual}, TRY_CAST(${written(text)} AS TIMESTAMPTZ), make_timestamptz(${seconds}))`;
}

/** Offsets of seconds and of more than 14 hours, which DuckDB takes and BigQuery does not. */
const ODD_OFFSET =
  ':\\d{1,2}(?:\\.\\d+)?[+-](?:\\d{1,2}:\\d{2}:|1[5-9]|[2-9]\\d|14:?(?:[1-5]\\d|0[1-9]))';

/** DuckDB takes BST for Bangladesh, and 'infinity' for a time: words must be zones of BigQuery's. */
function withKnownZone(text: string): string {
  const zone = `bq_zone(regexp_extract(${text}, '[A-Za-z][A-Za-z0-9_+/-]*$'))`;
  return `CASE WHEN ends_with(${text}, 'Z') OR ends_with(${text}, ' UTC') OR NOT regexp_matches(${text}, '[A-Za-z]{2}|${ODD_OFFSET}') OR ${zone} IS NOT NULL THEN ${text} END`;
}

/** What BigQuery loads and DuckDB does not read: no seconds, a blank before the offset, '+5'. */
function written(text: string): string {
  const parts = `regexp_extract(${text}, '^(\\d{4}[-/]\\d{1,2}[-/]\\d{1,2})[ T](\\d{1,2}:\\d{1,2})(:\\d{1,2}(?:\\.\\d{1,6})?)? ?(Z|UTC)?(?:([+-])(0?\\d|1[0-3])(?::?([0-5]\\d))?)?$', ['day', 'time', 'second', 'zone', 'sign', 'hour', 'minute'])`;
  return bindOnce([parts], (p = '') => {
    const offset = `CASE WHEN ${p}.hour <> '' THEN ${p}.sign || lpad(${p}.hour, 2, '0') || ':' || CASE ${p}.minute WHEN '' THEN '00' ELSE ${p}.minute END ELSE '' END`;
    const second = `CASE ${p}.second WHEN '' THEN ':00' ELSE ${p}.second END`;
    return `CASE WHEN ${p}.day <> '' THEN concat(${p}.day, ' ', ${p}.time, ${second}, ${offset}) END`;
  });
}
