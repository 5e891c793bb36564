import { UnsupportedError } from '../sql/errors';
import { quoteString } from '../sql/names';
import { each, fixed, kindOf, scalar } from './entry';
import { JSONS, NUMBERS, ODD_PATHS, ODD_TEXTS, PATHS, TEXTS } from './json-cases';
import { duckPath, pathArgument } from './json-path';
import { scalarRead } from './json-scalar';
import type { JsonStep } from './json-scan';
import { scalarOfText } from './json-value';
import type { FunctionCall, FunctionMapping } from './mapping';
import { bindOnce, raise } from './sql-text';
import { toJson, toJsonText } from './to-json';
import { TO_JSON_VALUES } from './to-json-cases';

/** Whether paths are written as JSON_EXTRACT's ("$['a b']") or as JSON_VALUE's ('$."a b"'). */
type PathStyle = 'legacy' | 'standard';

/** JSON_VALUE and JSON_EXTRACT_SCALAR. */
const scalarValue =
  (style: PathStyle) =>
  (call: FunctionCall): string => {
    const steps = pathArgument(call, style === 'legacy');
    const [x = ''] = call.args;
    return kindOf(call) === 'STRING' ? scalarOfText(x, steps) : scalarOfJson(x, steps);
  };

function scalarOfJson(x: string, steps: readonly JsonStep[]): string {
  const path = quoteString(duckPath(steps));
  return bindOnce([`CAST(${x} AS JSON)`], (json = '') => {
    const value = `CASE WHEN ${mayHold(json, steps)} THEN json_extract_string(${json}, ${path}) END`;
    return bindOnce([value], (found = '') => scalarRead(found, json, path));
  });
}

/**
 * A test that fails at a tenth of the cost of parsing where the last key of the path does not
 * stand in the text, be it plainly or with an escape.
 */
function mayHold(json: string, steps: readonly JsonStep[]): string {
  const key = steps.findLast((step) => typeof step === 'string');
  if (key === undefined) return 'TRUE';
  const text = `CAST(${json} AS VARCHAR)`;
  return `(contains(${text}, ${quoteString(`"${key}"`)}) OR contains(${text}, '\\'))`;
}

/** JSON_QUERY: a part as JSON; from text as text, where a JSON null is NULL. */
const part =
  (style: PathStyle) =>
  (call: FunctionCall): string => {
    const steps = pathArgument(call, style === 'legacy');
    const [x = ''] = call.args;
    return kindOf(call) === 'JSON'
      ? `json_extract(CAST(${x} AS JSON), ${quoteString(duckPath(steps))})`
      : `bq_json_query(${x}, ${quoteString(JSON.stringify(steps))})`;
  };

/** The elements of an array as JSON; NULL for anything else. */
const elements =
  (style: PathStyle) =>
  (call: FunctionCall): string => {
    const steps = pathArgument(call, style === 'legacy');
    const [x = ''] = call.args;
    if (kindOf(call) === 'STRING')
      return `bq_json_elements(${x}, ${quoteString(JSON.stringify(steps))})`;
    const path = quoteString(duckPath(steps));
    const every = quoteString(`${duckPath(steps)}[*]`);
    return bindOnce(
      [`CAST(${x} AS JSON)`],
      (json) =>
        `CASE WHEN json_type(${json}, ${path}) = 'ARRAY' THEN json_extract(${json}, ${every}) END`,
    );
  };

/** The elements of an array of scalars as text; NULL for anything else. */
const scalarElements =
  (style: PathStyle) =>
  (call: FunctionCall): string => {
    const steps = quoteString(JSON.stringify(pathArgument(call, style === 'legacy')));
    return `bq_json_scalars(CAST(${call.args[0]} AS VARCHAR), ${steps})`;
  };

function jsonType(x = ''): string {
  const type = `json_type(${x})`;
  return `CASE WHEN ${type} IN ('BIGINT', 'UBIGINT', 'DOUBLE', 'HUGEINT') THEN 'number' WHEN ${type} = 'VARCHAR' THEN 'string' ELSE lower(${type}) END`;
}

function parseJson(call: FunctionCall): string {
  if (call.args.length > 1 && call.constants[1] !== 'exact')
    throw new UnsupportedError('PARSE_JSON with wide_number_mode');
  return `CAST(bq_json_parse(${call.args[0]}) AS JSON)`;
}

/** A JSON value of the wanted type, or an error. */
function typed(
  name: string,
  types: readonly string[],
  convert: (x: string) => string,
): (call: FunctionCall) => string {
  return (call) => {
    if (kindOf(call) !== 'JSON') throw new UnsupportedError(`${name} of ${kindOf(call)}`);
    return bindOnce(
      [call.args[0] ?? ''],
      (x = '') =>
        `CASE WHEN json_type(${x}) IN (${types.map((type) => `'${type}'`).join(', ')}) THEN ${convert(x)} WHEN ${x} IS NOT NULL THEN ${raise(`The JSON value is no ${name}`, call.type)} END`,
    );
  };
}

const value = (x: string): string => `json_extract_string(${x}, '$')`;

function exactInteger(x: string): string {
  const number = `CAST(${value(x)} AS DOUBLE)`;
  const whole = `CASE WHEN ${number} = trunc(${number}) THEN CAST(${number} AS BIGINT) ELSE ${raise('The JSON number is no integer', { kind: 'INT64' })} END`;
  return `CASE WHEN json_type(${x}) = 'DOUBLE' THEN ${whole} ELSE CAST(${value(x)} AS BIGINT) END`;
}

const pathCases = (name: string, paths = PATHS): readonly string[] => [
  ...paths.map((path) => each(`${name}(x, '${path}')`, TEXTS)),
  ...paths.map((path) => each(`${name}(x, '${path}')`, JSONS)),
  ...(name === 'JSON_QUERY' || name === 'JSON_EXTRACT' ? [] : [each(`${name}(x)`, TEXTS)]),
];

const typedCases = (name: string): readonly string[] =>
  ["'1'", "'1.0'", "'1.5'", '\'"1"\'', "'true'", "'null'", "'{}'", "'-7'", "'1e3'"].map(
    (json) => `${name}(JSON ${json})`,
  );

/** U+FEFF marks a file, and begins no JSON. */
const MARKED_TEXTS = `['\\ufeff{"a":1}', ' \\ufeff{"a":"b"}', '{"a":"\\ufeffb"}', '{"a":1}\\ufeff', '{"a":\\ufeff1}']`;

export const jsonFunctions: readonly FunctionMapping[] = [
  scalar('json_value', 'JSON_VALUE(json[, path])', scalarValue('standard'), [
    ...pathCases('JSON_VALUE'),
    // The key is not in the text as it is.
    `JSON_VALUE(JSON '{"\\\\u0061": "x"}', '$.a')`,
    `JSON_VALUE(JSON '{"b": "a"}', '$.a')`,
    each("JSON_VALUE(x, '$.a')", MARKED_TEXTS),
    ...NUMBERS.map((number) => `JSON_VALUE(JSON '{"a": ${number}}', '$.a')`),
    ...NUMBERS.map((number) => `TO_JSON_STRING(PARSE_JSON('{"a": ${number}}'))`),
  ]),
  scalar('json_extract_scalar', 'JSON_EXTRACT_SCALAR(json[, path])', scalarValue('legacy'), [
    ...pathCases('JSON_EXTRACT_SCALAR', ['$.a', '$.b[1]']),
    each('JSON_EXTRACT_SCALAR(x, "$[\'d e\'].f")', TEXTS),
  ]),
  scalar('json_query', 'JSON_QUERY(json[, path])', part('standard'), [
    ...pathCases('JSON_QUERY'),
    ...ODD_PATHS.map((path) => each(`JSON_QUERY(x, '${path}')`, ODD_TEXTS)),
  ]),
  scalar(
    'json_extract',
    'JSON_EXTRACT(json[, path])',
    part('legacy'),
    pathCases('JSON_EXTRACT', ['$.a', '$.b']),
  ),
  scalar(
    'json_query_array',
    'JSON_QUERY_ARRAY(json[, path])',
    elements('standard'),
    pathCases('JSON_QUERY_ARRAY', ['$', '$.a', '$.b']),
  ),
  scalar(
    'json_extract_array',
    'JSON_EXTRACT_ARRAY(json[, path])',
    elements('legacy'),
    pathCases('JSON_EXTRACT_ARRAY', ['$', '$.b']),
  ),
  scalar(
    'json_value_array',
    'JSON_VALUE_ARRAY(json[, path])',
    scalarElements('standard'),
    pathCases('JSON_VALUE_ARRAY', ['$', '$.a', '$.b']),
  ),
  scalar(
    'json_extract_string_array',
    'JSON_EXTRACT_STRING_ARRAY(json[, path])',
    scalarElements('legacy'),
    pathCases('JSON_EXTRACT_STRING_ARRAY', ['$', '$.b']),
  ),
  scalar(
    'json_type',
    'JSON_TYPE(json)',
    fixed((x) => jsonType(x)),
    [each('JSON_TYPE(x)', JSONS)],
  ),
  scalar('parse_json', 'PARSE_JSON(text)', parseJson, [
    each('PARSE_JSON(x)', `[NULL, '{"b": 1.50, "a": 1e2}', '[1, "x", null]', ' "é" ', '7']`),
    ...[
      '0.1234567890123456789',
      '0.1',
      '1e400',
      '12345678901234567890123',
      '9007199254740993',
      '18446744073709551615',
      '18446744073709551616',
      '0.30000000000000004',
      '1.0000000000000001',
      '100e-2',
      '1e22',
      '-0.0',
      '[1, {"a": 3.14159265358979323846}]',
    ].map((text) => `PARSE_JSON('${text}')`),
    "PARSE_JSON('no')",
    "PARSE_JSON('')",
  ]),
  scalar(
    'to_json_string',
    'TO_JSON_STRING(value)',
    toJsonText,
    TO_JSON_VALUES.map((value) => each('TO_JSON_STRING(x)', value)),
  ),
  scalar(
    'to_json',
    'TO_JSON(value)',
    toJson,
    TO_JSON_VALUES.map((value) => each('TO_JSON(x)', value)),
  ),
  scalar(
    'int64',
    'INT64(json)',
    typed('INT64', ['BIGINT', 'UBIGINT', 'DOUBLE'], exactInteger),
    typedCases('INT64'),
  ),
  scalar(
    'float64',
    'FLOAT64(json)',
    typed('FLOAT64', ['BIGINT', 'UBIGINT', 'DOUBLE'], (x) => `CAST(${value(x)} AS DOUBLE)`),
    typedCases('FLOAT64'),
  ),
  scalar(
    'bool',
    'BOOL(json)',
    typed('BOOL', ['BOOLEAN'], (x) => `CAST(${value(x)} AS BOOLEAN)`),
    typedCases('BOOL'),
  ),
];
