/** First characters of objects and arrays, which strings may begin with as well: [ and {. */
const NESTED = '91, 123';

/** First characters of numbers, and few others: - to 9. */
const OF_NUMBERS = '45 AND 57';

/**
 * JSON_VALUE from what DuckDB reads at a path of JSON. The answer tells nearly always that it is
 * what GoogleSQL gives, without asking for its type, which parses the JSON again. `value` is
 * mentioned several times, `json` and `path` are SQL.
 */
export function scalarRead(value: string, json: string, path: string): string {
  const isOdd = `contains(${value}, 'e') OR contains(${value}, '0.0000') OR strlen(${value}) > 15`;
  const isUnclear = `ascii(${value}) IN (${NESTED}) OR (ascii(${value}) BETWEEN ${OF_NUMBERS} AND (${isOdd}))`;
  return `CASE WHEN ${isUnclear} THEN ${scalarAsked(json, path)} ELSE ${value} END`;
}

/** JSON_VALUE that looks at the type first. */
function scalarAsked(json: string, path: string): string {
  const value = `json_extract_string(${json}, ${path})`;
  return `CASE json_type(${json}, ${path}) WHEN 'OBJECT' THEN NULL WHEN 'ARRAY' THEN NULL WHEN 'NULL' THEN NULL WHEN 'DOUBLE' THEN ${doubleText(`CAST(${value} AS DOUBLE)`)} ELSE ${value} END`;
}

/**
 * A double as GoogleSQL writes it in JSON: 1e-07, 100.0, and from 1e15 on with an exponent, where
 * DuckDB's texts begin to have one at 1e16.
 */
function doubleText(double: string): string {
  const digits = `rtrim(replace(CAST(abs(${double}) AS VARCHAR), '.', ''), '0')`;
  const rest = `CASE WHEN strlen(${digits}) > 1 THEN '.' || substr(${digits}, 2) ELSE '' END`;
  const large = `CASE WHEN ${double} < 0 THEN '-' ELSE '' END || left(${digits}, 1) || ${rest} || 'e+15'`;
  return `CASE WHEN abs(${double}) >= 1e15 AND abs(${double}) < 1e16 THEN ${large} ELSE CAST(${double} AS VARCHAR) END`;
}
