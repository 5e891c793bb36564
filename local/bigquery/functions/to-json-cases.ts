import { DATES } from './date';
import { DATETIMES } from './datetime';
import { TEXTS } from './string';
import { TIMESTAMPS } from './timestamp-cases';

/** Arrays of values of every type, for the cases of TO_JSON_STRING and TO_JSON. */
export const TO_JSON_VALUES: readonly string[] = [
  '[NULL, TRUE, FALSE]',
  '[NULL, 0, -5, 9007199254740991, 9007199254740992, 9007199254740993, -9007199254740993, 9223372036854775807]',
  "[NULL, 0.0, -0.0, ROUND(-0.3), 1.0, -2.5, 0.1, 1/3, 1e15, 1e16, 123456789.125, 1e22, 1e-7, 5e-324, 1.7976931348623157e308, CAST('nan' AS FLOAT64), CAST('inf' AS FLOAT64), CAST('-inf' AS FLOAT64)]",
  "[NULL, NUMERIC '0', NUMERIC '1.5', NUMERIC '-0.000000001', NUMERIC '100', NUMERIC '9007199254740993', NUMERIC '99999999999999999999999999999.999999999']",
  TEXTS,
  "[CODE_POINTS_TO_STRING([8, 9, 10, 12, 13, 31, 34, 47, 92, 127, 128, 8232, 8233, 65279]), '</script>', '\\u2028', '\\u0001']",
  "[NULL, b'', b'abc', b'\\xff\\xfe']",
  DATES,
  DATETIMES,
  TIMESTAMPS,
  "[NULL, TIME '00:00:00', TIME '12:34:56.789', TIME '23:59:59.999999']",
  `[NULL, JSON '{"b": 1, "a": [1, 2.50, null], "c": {"z": "é", "y": 1e2}}', JSON 'null', JSON '"x"']`,
  "[STRUCT(1 AS a, 'x\"y' AS b, CAST(NULL AS STRING) AS c), (2, NULL, ''), NULL]",
  '[STRUCT(1, 2, 3 AS `a"b`, 4 AS a, 5 AS a)]',
  "[STRUCT([1, 2] AS a, [STRUCT('x' AS y, DATE '2024-01-01' AS z)] AS b, STRUCT(TIMESTAMP '2024-01-01 00:00:00+00' AS t) AS c), ([], NULL, NULL)]",
  "[STRUCT(['a', NULL] AS a, 0.5 AS `select`)]",
];
