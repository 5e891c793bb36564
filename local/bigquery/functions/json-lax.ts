import { UnsupportedError } from '../sql/errors';
import { each, kindOf, scalar } from './entry';
import { floatToText } from './float-text';
import type { FunctionCall, FunctionMapping } from './mapping';
import { parseText } from './parse-text';
import { bindOnce } from './sql-text';

const NUMBERS = "'BIGINT', 'UBIGINT', 'HUGEINT', 'DOUBLE'";

/** LAX_*: what fits the type by any reading, NULL for all else; SQL by the JSON value's type. */
function lax(
  name: string,
  whenBool: (text: string) => string,
  whenNumber: (text: string, type: string) => string,
  whenText: (text: string) => string,
): (call: FunctionCall) => string {
  return (call) => {
    if (kindOf(call) !== 'JSON') throw new UnsupportedError(`${name} of ${kindOf(call)}`);
    return bindOnce([`CAST(${call.args[0]} AS JSON)`], (json = '') =>
      bindOnce(
        [`json_extract_string(${json}, '$')`, `json_type(${json})`],
        (text = '', type = '') => {
          return `CASE WHEN ${type} = 'BOOLEAN' THEN ${whenBool(text)} WHEN ${type} IN (${NUMBERS}) THEN ${whenNumber(text, type)} WHEN ${type} = 'VARCHAR' THEN ${whenText(text)} END`;
        },
      ),
    );
  };
}

/** Halves away from zero; NULL beyond INT64. */
const rounded = (float: string): string => `TRY_CAST(round(${float}) AS BIGINT)`;

const whole = (text: string): string =>
  `CASE WHEN regexp_full_match(${text}, '\\s*[+-]?\\d+\\s*') THEN TRY_CAST(trim(${text}) AS BIGINT) WHEN NOT contains(lower(${text}), 'x') THEN ${rounded(parseText(text, 'FLOAT64', true))} END`;

const VALUES = `[NULL, JSON 'null', JSON 'true', JSON 'false', JSON '0', JSON '0.0', JSON '-1.5', JSON '2.5', JSON '1e100', JSON '9223372036854775807', JSON '18446744073709551615', JSON '1.50', JSON '1e30', JSON '-0.0', JSON '[]', JSON '{}', JSON '""']`;
const TEXTS = `[JSON '"TRUE"', JSON '"yes"', JSON '"False"', JSON '"1"', JSON '"1.5"', JSON '"-2.5"', JSON '"1e3"', JSON '" 7 "', JSON '"0x1F"', JSON '"0x1p3"', JSON '" 0x10"', JSON '"-0x.8"', JSON '"x"', JSON '"9223372036854775807"', JSON '"9223372036854775808"', JSON '"NaN"', JSON '"-inf"', JSON '"1e400"', JSON '" true"']`;
const cases = (name: string): readonly string[] => [
  each(`${name}(x)`, VALUES),
  each(`${name}(x)`, TEXTS),
];

const NULL_BIGINT = 'CAST(NULL AS BIGINT)';

export const jsonLaxFunctions: readonly FunctionMapping[] = [
  scalar(
    'lax_bool',
    'LAX_BOOL(json)',
    lax(
      'LAX_BOOL',
      (text) => `${text} = 'true'`,
      (text) => `CAST(${text} AS DOUBLE) <> 0`,
      (text) => `CASE lower(${text}) WHEN 'true' THEN TRUE WHEN 'false' THEN FALSE END`,
    ),
    cases('LAX_BOOL'),
  ),
  scalar(
    'lax_int64',
    'LAX_INT64(json)',
    lax(
      'LAX_INT64',
      (text) => `CASE WHEN ${text} = 'true' THEN 1 ELSE 0 END`,
      (text, type) =>
        `CASE WHEN ${type} = 'DOUBLE' THEN ${rounded(`CAST(${text} AS DOUBLE)`)} ELSE coalesce(TRY_CAST(${text} AS BIGINT), ${NULL_BIGINT}) END`,
      whole,
    ),
    cases('LAX_INT64'),
  ),
  scalar(
    'lax_float64',
    'LAX_FLOAT64(json)',
    lax(
      'LAX_FLOAT64',
      () => 'CAST(NULL AS DOUBLE)',
      (text) => `CAST(${text} AS DOUBLE)`,
      (text) => parseText(text, 'FLOAT64', true),
    ),
    cases('LAX_FLOAT64'),
  ),
  scalar(
    'lax_string',
    'LAX_STRING(json)',
    lax(
      'LAX_STRING',
      (text) => text,
      (text, type) =>
        `CASE WHEN ${type} = 'DOUBLE' THEN ${floatToText(`(CAST(${text} AS DOUBLE) + 0e0)`)} ELSE ${text} END`,
      (text) => text,
    ),
    cases('LAX_STRING'),
  ),
];
