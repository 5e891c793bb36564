import type { DuckDBConnection } from '@duckdb/node-api';
import { aggregateFunctionList } from './aggregate';
import { listAggregates } from './aggregate-list';
import { arithmeticFunctions } from './arithmetic';
import { arrayFunctions } from './array';
import { bitFunctions } from './bits';
import { keepByteOrderMarks } from './byte-order-mark';
import { comparisonFunctions } from './comparison';
import { currentTimeFunctions } from './current-time';
import { dateFunctions } from './date';
import { datetimeFunctions } from './datetime';
import { distanceFunctions } from './distance';
import { divisionFunctions } from './division';
import { encodingFunctions } from './encoding';
import { extractFunctions } from './extract';
import { formatFunctions } from './format';
import { formatTimeFunctions } from './format-time';
import { hashFunctions } from './hash';
import { ipFunctions } from './ip';
import { jsonFunctions } from './json';
import { jsonBuildFunctions } from './json-build';
import { jsonChangeFunctions } from './json-change';
import { jsonLaxFunctions } from './json-lax';
import { letterFunctions } from './letters';
import { logicFunctions } from './logic';
import type { AggregateMapping, FunctionMapping } from './mapping';
import { mathFunctions } from './math';
import { netFunctions } from './net';
import { normalizeFunctions } from './normalize';
import { parseTimeFunctions } from './parse-time';
import { regexpFunctions } from './regexp';
import { regexpPositionFunctions } from './regexp-position';
import { roundingFunctions } from './rounding';
import { searchFunctions } from './search';
import { statisticFunctions } from './statistics';
import { stringFunctions } from './string';
import { stringEndFunctions } from './string-ends';
import { substringFunctions } from './substring';
import { timeFunctions } from './time';
import { timestampFunctions } from './timestamp';
import { trigonometricFunctions } from './trigonometry';
import { registerFunctions } from './udfs';
import { unixTimeFunctions } from './unix-time';
import { windowFunctionList } from './window';

export { compileCast } from './casts';

/** The scalar functions and operators by family, as the proof prints them. */
export const scalarFamilies: Readonly<Record<string, readonly FunctionMapping[]>> = {
  comparison: comparisonFunctions,
  logic: logicFunctions,
  arithmetic: [...arithmeticFunctions, ...divisionFunctions],
  math: mathFunctions,
  rounding: roundingFunctions,
  trigonometry: trigonometricFunctions,
  string: [...stringFunctions, ...stringEndFunctions, ...letterFunctions],
  normalize: normalizeFunctions,
  substring: substringFunctions,
  array: arrayFunctions,
  regexp: [...regexpFunctions, ...regexpPositionFunctions],
  hash: hashFunctions,
  encoding: encodingFunctions,
  bits: bitFunctions,
  net: [...netFunctions, ...ipFunctions],
  json: [...jsonFunctions, ...jsonLaxFunctions, ...jsonBuildFunctions, ...jsonChangeFunctions],
  format: formatFunctions,
  search: [...searchFunctions, ...distanceFunctions],
  date: dateFunctions,
  datetime: datetimeFunctions,
  timestamp: [...timestampFunctions, ...unixTimeFunctions, ...currentTimeFunctions],
  time: timeFunctions,
  extract: extractFunctions,
  'time format': formatTimeFunctions,
  'time parse': parseTimeFunctions,
};

/** Aggregates and window functions by family. */
export const aggregateFamilies: Readonly<Record<string, readonly AggregateMapping[]>> = {
  aggregate: aggregateFunctionList,
  statistics: statisticFunctions,
  lists: listAggregates,
  window: windowFunctionList,
};

function byName<T extends { readonly name: string }>(
  families: Readonly<Record<string, readonly T[]>>,
): ReadonlyMap<string, T> {
  return new Map(
    Object.values(families)
      .flat()
      .map((entry) => [entry.name, entry]),
  );
}

/** The allow-list: GoogleSQL's resolved name to its translation. Anything else is refused. */
export const scalarFunctions: ReadonlyMap<string, FunctionMapping> = byName(scalarFamilies);

/** As `scalarFunctions`, for aggregates and window functions. */
export const aggregateFunctions: ReadonlyMap<string, AggregateMapping> = byName(aggregateFamilies);

/**
 * Prepares a DuckDB database for compiled SQL: registers the JavaScript functions that it calls,
 * once for all connections of the database. Writes nothing into the database file.
 */
export function installRuntime(connection: DuckDBConnection): void {
  keepByteOrderMarks();
  registerFunctions(connection);
}
