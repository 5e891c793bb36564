import { UnsupportedError } from '../sql/errors';
import { quoteString } from '../sql/names';
import { each, scalar } from './entry';
import { pathAt } from './json-path';
import type { FunctionCall, FunctionMapping } from './mapping';
import { jsonText } from './to-json';

const canonical = (text: string): string => `CAST(bq_json_canonical(${text}) AS JSON)`;
const source = (call: FunctionCall): string =>
  `bq_json_canonical(CAST(${call.args[0]} AS VARCHAR))`;

/** JSON_SET(json, path, value, ...): the pairs one after the other. */
function set(call: FunctionCall): string {
  if (call.args.length % 2 === 0) throw new UnsupportedError('JSON_SET with create_if_missing');
  let text = source(call);
  for (let index = 1; index < call.args.length; index += 2) {
    const value = jsonText(
      call.args[index + 1] ?? '',
      call.argTypes[index + 1] ?? call.type,
      'number',
    );
    text = `bq_json_set(${text}, ${quoteString(JSON.stringify(pathAt(call, index)))}, ${value})`;
  }
  return canonical(text);
}

function remove(call: FunctionCall): string {
  let text = source(call);
  for (let index = 1; index < call.args.length; index += 1) {
    const path = pathAt(call, index);
    if (path.length === 0) throw new UnsupportedError("JSON_REMOVE of '$'");
    text = `bq_json_remove(${text}, ${quoteString(JSON.stringify(path))})`;
  }
  return canonical(text);
}

function strip(call: FunctionCall): string {
  // The analyzer states what a call leaves out.
  const [, path = '$', includeArrays = true, removeEmpty = false] = call.constants;
  if (path !== '$' || includeArrays !== true || removeEmpty !== false) {
    throw new UnsupportedError('JSON_STRIP_NULLS with a path or options');
  }
  return canonical(`bq_json_strip_nulls(${source(call)})`);
}

const VALUES = `[NULL, JSON '{}', JSON '{"a": 1, "b": {"c": [1, null, 2.50]}}', JSON '{"a": null}', JSON '[1, {"a": 2}, null]', JSON '"x"', JSON 'null', JSON '{"a": [], "b": {"c": null}, "d": [null, {"e": null}]}']`;
const PATHS = ['$.a', '$.b.c', '$.b.c[1]', '$[1].a', '$[0]', '$.x.y', '$.a[2]'];

export const jsonChangeFunctions: readonly FunctionMapping[] = [
  scalar('json_set', 'JSON_SET(json, path, value, ...)', set, [
    ...PATHS.map((path) => each(`JSON_SET(x, '${path}', 7)`, VALUES)),
    each("JSON_SET(x, '$', 1.5)", VALUES),
    each("JSON_SET(x, '$.a', 'é\"', '$.b', [1, 2])", VALUES),
    each("JSON_SET(x, '$.a', CAST(NULL AS STRING))", VALUES),
    'JSON_SET(JSON \'{"a": 1}\', \'$.b\', JSON \'{"z": 1, "y": 2}\')',
  ]),
  scalar('json_remove', 'JSON_REMOVE(json, path, ...)', remove, [
    ...PATHS.map((path) => each(`JSON_REMOVE(x, '${path}')`, VALUES)),
    each("JSON_REMOVE(x, '$.a', '$.b')", VALUES),
    each("JSON_REMOVE(x, '$[0]', '$[0]')", VALUES),
  ]),
  scalar('json_strip_nulls', 'JSON_STRIP_NULLS(json)', strip, [
    each('JSON_STRIP_NULLS(x)', VALUES),
  ]),
];
