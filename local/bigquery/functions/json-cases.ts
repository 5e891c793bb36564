/** JSON in texts, and what is none. */
export const TEXTS = `[NULL, '', 'no json', '{}', '{"a": "x", "b": [1, 2.50, "z", null, true, {"c": 1e2}], "d e": {"f": "é\\\\n"}, "n": null}', '{"a": 1}', '{"a": 1.50}', '{"a": 1.0}', '{"a": 12.5, "b": 1e3}', '{"a": 0.00001}', '{"a": 123456.789012}', '{"a": {"b": "c"}}', '{"a": [1,2]}', '{"a": true}', '{"a": ""}', '{"a": "{}"}', '{"a": 12345678901234567890123}', '[5, "y"]', '"text"', 'null', ' 7 ']`;
/** Values of type JSON. */
export const JSONS = `[NULL, JSON '{}', JSON '{"b": [1, 2.50, "z", null, true, {"c": 1e2}], "a": "x", "d e": {"f": "é"}}', JSON '{"a": 1}', JSON '{"a": 1.50}', JSON '{"a": {"b": "c"}}', JSON '{"a": null}', JSON '{"a": true}', JSON '[5, "y"]', JSON '"text"', JSON 'null', JSON '7']`;
/** Paths into both. */
export const PATHS = ['$', '$.a', '$.b[1]', '$.b[5].c', '$."d e".f', '$[0]', '$.n', '$.a.b', '$.b'];

/** What is no JSON, or only up to some point, and numbers that engines rewrite. */
export const ODD_TEXTS = `['{"a": 1', '{"a": 1} x', '{"a": 1}{"a": 2}', '{"a": 1,}', "{'a': 'x'}", '{"b": [1, 2,]}', '{"a": 01}', '{"a": 1.}', '{"a": -0}', '{"a": -0.0}', '{"a": 1.50, "b": 1.50}', '{"b": {"a": 2.50}, "a": 2.5}', '{"a" : 10e-1}', '{"a": NaN}', '{"b": NaN, "a": 1}', '{"a": 1, "b": NaN}', '{"a": -Infinity}', '{"a": "NaN"}', '{"a": "12.50"}', '{"a": "-0"}', '{"a": "{}"}', '{"a": "[x"}', '{"a": "\\\\ud83d"}', '{"a": "\\\\u0041\\\\n"}', '{"a": "\\\\x"}', '{"a": tru}', '{"a": 1, "a": 2}', '-0', '7 8', 'nan', '{"a": "x" "b": 1}', '{"a": {"b": 1.50}}', '{a: 1}']`;
/** Numbers that engines write in several ways. */
export const NUMBERS = [
  '1e-7',
  '0.00001',
  '0.0001',
  '-0.000012345',
  '1e2',
  '1e14',
  '1e15',
  '-1234567890123456.5',
  '9999999999999998.0',
  '1e16',
  '1.5e30',
  '123456789012345.6',
  '12345678901234567890',
  '12345678901234567890123',
  '-0.0',
  '0.0',
  '9007199254740993',
];
/** Paths into odd texts. */
export const ODD_PATHS = ['$', '$.a', '$.b', '$.a.b'];
