import { UnsupportedError } from '../sql/errors';
import { each, scalar } from './entry';
import type { FunctionCall, FunctionMapping } from './mapping';
import { bindOnce, raise } from './sql-text';
import { jsonText } from './to-json';

const canonical = (text: string): string => `CAST(bq_json_canonical(${text}) AS JSON)`;

const member = (call: FunctionCall, index: number): string =>
  jsonText(call.args[index] ?? '', call.argTypes[index] ?? call.type, 'number');

/** JSON_ARRAY(a, b, ...). */
function array(call: FunctionCall): string {
  if (call.args.length === 0) return "CAST('[]' AS JSON)";
  const parts = call.args.map((_, index) => member(call, index)).join(" || ',' || ");
  return canonical(`'[' || ${parts} || ']'`);
}

/** JSON_OBJECT(key, value, ...); of equal keys the first stays. */
function object(call: FunctionCall): string {
  if (call.args.length === 0) return "CAST('{}' AS JSON)";
  if (call.argTypes[0]?.kind !== 'STRING') throw new UnsupportedError('JSON_OBJECT of arrays');
  const failure = raise('A key of JSON_OBJECT is NULL', { kind: 'STRING' });
  const parts = call.args.flatMap((key, index) =>
    index % 2 === 1
      ? []
      : [`bq_json_quote(coalesce(${key}, ${failure})) || ':' || ${member(call, index + 1)}`],
  );
  return canonical(`'{' || ${parts.join(" || ',' || ")} || '}'`);
}

/** json[n] and json['name'] as `json_extract` with a path that the subscript makes. */
function subscript(call: FunctionCall): string {
  if (call.argTypes[0]?.kind !== 'JSON') {
    throw new UnsupportedError(`the operator [ ] of ${call.argTypes[0]?.kind}`);
  }
  return bindOnce(call.args, (json = '', step = '') => {
    if (call.argTypes[1]?.kind === 'INT64') {
      const inside = `${step} >= 0 AND ${step} < json_array_length(${json})`;
      return `CASE WHEN json_type(${json}) = 'ARRAY' AND ${inside} THEN json_extract(CAST(${json} AS JSON), CAST(${step} AS BIGINT)) END`;
    }
    const named = `list_position(json_keys(${json}), ${step}) > 0`;
    return `CASE WHEN json_type(${json}) = 'OBJECT' AND ${named} THEN bq_json_member(CAST(${json} AS VARCHAR), ${step}) END`;
  });
}

const VALUES =
  "1, 1.5, TRUE, 'a\"b', NUMERIC '2.5', DATE '2024-01-01', [1, 2], STRUCT(1 AS z, 'x' AS y), JSON '{\"z\":1,\"a\":2}', NULL";

export const jsonBuildFunctions: readonly FunctionMapping[] = [
  scalar('json_array', 'JSON_ARRAY(a, b, ...)', array, [
    'JSON_ARRAY()',
    `JSON_ARRAY(${VALUES})`,
    each('JSON_ARRAY(x, i)', "[NULL, '', 'é\\n']"),
  ]),
  scalar('json_object', 'JSON_OBJECT(key, value, ...)', object, [
    'JSON_OBJECT()',
    "JSON_OBJECT('b', 1, 'a', NULL, 'b', 3)",
    "JSON_OBJECT('', 1.0, 'é\"', [TRUE])",
    'JSON_OBJECT(CAST(NULL AS STRING), 1)',
    each("JSON_OBJECT('k', x, CONCAT('k', CAST(i AS STRING)), i)", "[NULL, 'a']"),
  ]),
  scalar('$subscript', "json[n] | json['name']", subscript, [
    ...['[0]', '[1]', '[2]', '[-1]', "['a']"].map((step) =>
      each(
        `x${step}`,
        `[NULL, JSON '[1, {"a": 2}]', JSON '[]', JSON '{"a": {"b": 1.50}, "é": 2}', JSON '1', JSON 'null']`,
      ),
    ),
    "JSON '{\"a\": [1, 2]}'['a'][1]",
    'JSON \'{"a.b": 1, "a\\\\"b": 2}\'[\'a.b\']',
    "JSON '{\"a\": null}'['a']",
    'JSON \'{"a": 1}\'[CAST(NULL AS STRING)]',
    "JSON '[1]'[CAST(NULL AS INT64)]",
  ]),
];
