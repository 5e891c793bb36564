import { UnsupportedError } from '../sql/errors';
import type { GoogleSqlType } from '../sql/types';
import { each, kindOf, scalar } from './entry';
import type { Constant, FunctionCall, FunctionMapping } from './mapping';
import { bindOnce } from './sql-text';

const FLOATS =
  "[NULL, 0.0, -1.5, 2.5, CAST('nan' AS FLOAT64), CAST('inf' AS FLOAT64), CAST('-inf' AS FLOAT64)]";
const STRINGS = "[NULL, '', 'a', 'B', 'ä', 'aa', '\\U0001F600', '\\uFFEE']";

export type Comparison = '=' | '<>' | '<' | '<=' | '>' | '>=';

/** Structs and arrays compare NULL fields differently in DuckDB; JSON does not compare at all. */
function refuseNested(type: GoogleSqlType | undefined): void {
  if (type === undefined) return;
  if (type.kind === 'STRUCT' || type.kind === 'ARRAY' || type.kind === 'JSON') {
    throw new UnsupportedError(`comparison of ${type.kind}`);
  }
}

/**
 * `a op b`. DuckDB holds NaN equal to itself and greater than all; in GoogleSQL every comparison
 * with NaN is false, except <>. For those two a sum tells whether a side is NaN (or both are
 * opposite infinities, which are unequal all the same); NULL on either side stays NULL.
 */
export function compare(
  op: Comparison,
  a: string,
  b: string,
  type: GoogleSqlType | undefined,
  constants: readonly (Constant | undefined)[] = [],
): string {
  refuseNested(type);
  if (type?.kind !== 'FLOAT64') return `(${a} ${op} ${b})`;
  const isNumber = (value: Constant | undefined) => value !== undefined && !Number.isNaN(value);
  if (op === '=' && constants.some(isNumber)) return `(${a} = ${b})`;
  return bindOnce([a, b], (x, y) => {
    if (op === '=') return `(${x} = ${y} AND NOT isnan(${x} + ${y}))`;
    if (op === '<>') return `(${x} <> ${y} OR isnan(${x} + ${y}))`;
    const [greater, other] = op.startsWith('<') ? [y, x] : [x, y];
    return `(${x} ${op} ${y} AND NOT (isnan(${greater}) AND ${other} IS NOT NULL))`;
  });
}

function comparison(op: Comparison): (call: FunctionCall) => string {
  return (call) =>
    compare(op, call.args[0] ?? '', call.args[1] ?? '', call.argTypes[0], call.constants);
}

function comparisonCases(op: string): readonly string[] {
  return [
    each(`x ${op} 2`, '[NULL, 1, 2, 3, -9223372036854775808]'),
    `ARRAY(SELECT AS STRUCT x ${op} y AS v FROM UNNEST(${FLOATS}) AS x WITH OFFSET AS i CROSS JOIN UNNEST(${FLOATS}) AS y WITH OFFSET AS j ORDER BY i, j)`,
    each(`x ${op} 'a'`, STRINGS),
    each(
      `x ${op} DATE '2024-02-29'`,
      "[NULL, DATE '2024-02-28', DATE '2024-02-29', DATE '9999-12-31']",
    ),
    each(
      `x ${op} NUMERIC '1.5'`,
      "[NULL, NUMERIC '1.5', NUMERIC '-1.500000001', NUMERIC '99999999999999999999999999999.999999999']",
    ),
    each(`x ${op} b'\\x7f'`, "[NULL, b'', b'\\x00', b'\\x7f', b'\\x80', b'\\xff']"),
    each(`x ${op} TRUE`, '[NULL, TRUE, FALSE]'),
  ];
}

function inList(call: FunctionCall): string {
  const [value = '', ...items] = call.args;
  const type = call.argTypes[0];
  refuseNested(type);
  if (type?.kind !== 'FLOAT64') return `(${value} IN (${items.join(', ')}))`;
  return bindOnce(
    [value],
    (x) => `(${items.map((item) => compare('=', x, item, type)).join(' OR ')})`,
  );
}

/** A NULL array has no elements: FALSE. list_contains forgets the NULL that IN answers then. */
function inArray(call: FunctionCall): string {
  const type = call.argTypes[0];
  refuseNested(type);
  if (type?.kind === 'FLOAT64') throw new UnsupportedError('IN UNNEST of FLOAT64');
  return bindOnce(
    call.args,
    (value, list) =>
      `CASE WHEN ${list} IS NULL OR len(${list}) = 0 THEN FALSE WHEN ${value} IS NULL THEN NULL WHEN list_contains(${list}, ${value}) THEN TRUE WHEN len(${list}) > list_count(${list}) THEN NULL ELSE FALSE END`,
  );
}

/** DuckDB skips NULLs; GoogleSQL answers NULL if one is NULL, else NaN if one is NaN. */
function extremum(name: 'greatest' | 'least'): (call: FunctionCall) => string {
  return (call) => {
    refuseNested(call.type);
    if (call.args.length === 1) return call.args[0] ?? '';
    return bindOnce(call.args, (...args) => {
      const nulls = args.map((arg) => `${arg} IS NULL`).join(' OR ');
      const nan =
        kindOf(call) === 'FLOAT64' && name === 'least'
          ? ` WHEN ${args.map((arg) => `isnan(${arg})`).join(' OR ')} THEN CAST('nan' AS DOUBLE)`
          : '';
      return `CASE WHEN ${nulls} THEN NULL${nan} ELSE ${name}(${args.join(', ')}) END`;
    });
  };
}

function distinctness(op: string): (call: FunctionCall) => string {
  return (call) => {
    refuseNested(call.argTypes[0]);
    return `(${call.args[0]} ${op} ${call.args[1]})`;
  };
}

export const comparisonFunctions: readonly FunctionMapping[] = [
  scalar('$equal', 'a = b', comparison('='), comparisonCases('=')),
  scalar('$not_equal', 'a <> b', comparison('<>'), comparisonCases('<>')),
  scalar('$less', 'a < b', comparison('<'), comparisonCases('<')),
  scalar('$less_or_equal', 'a <= b', comparison('<='), comparisonCases('<=')),
  scalar('$greater', 'a > b', comparison('>'), comparisonCases('>')),
  scalar('$greater_or_equal', 'a >= b', comparison('>='), comparisonCases('>=')),
  scalar(
    '$between',
    'a BETWEEN low AND high',
    (call) => {
      const type = call.argTypes[0];
      refuseNested(type);
      if (type?.kind !== 'FLOAT64')
        return `(${call.args[0]} BETWEEN ${call.args[1]} AND ${call.args[2]})`;
      return bindOnce(
        call.args,
        (x, low, high) =>
          `(${compare('>=', x ?? '', low ?? '', type)} AND ${compare('<=', x ?? '', high ?? '', type)})`,
      );
    },
    [
      each('x BETWEEN 1 AND 3', '[NULL, 0, 1, 2, 3, 4]'),
      each('x BETWEEN 1 AND NULL', '[NULL, 0, 1, 2]'),
      each('x NOT BETWEEN 1 AND NULL', '[NULL, 0, 1, 2]'),
      each('x BETWEEN -2.0 AND 3.0', FLOATS),
      each("x BETWEEN 'a' AND 'b'", STRINGS),
      '5 BETWEEN 9 AND 1',
    ],
  ),
  scalar('$in', 'a IN (b, c, ...)', inList, [
    each('x IN (1, 2)', '[NULL, 1, 2, 3]'),
    each('x IN (1, NULL)', '[NULL, 1, 2]'),
    each('x NOT IN (1, NULL)', '[NULL, 1, 2]'),
    each("x IN ('', 'a')", STRINGS),
    each("x IN (2.5, CAST('nan' AS FLOAT64))", FLOATS),
    'NULL IN (1, 2)',
  ]),
  scalar('$in_array', 'a IN UNNEST(array)', inArray, [
    each('x IN UNNEST([1, 2])', '[NULL, 1, 2, 3]'),
    each('x IN UNNEST([1, NULL])', '[NULL, 1, 3]'),
    each('x NOT IN UNNEST([1, NULL])', '[NULL, 1, 3]'),
    each('x IN UNNEST(CAST(NULL AS ARRAY<INT64>))', '[NULL, 1]'),
    each('x IN UNNEST(ARRAY<INT64>[])', '[NULL, 1]'),
    each("x IN UNNEST(['a', ''])", STRINGS),
  ]),
  scalar('$is_null', 'a IS NULL', (call) => `(${call.args[0]} IS NULL)`, [
    each('x IS NULL', '[NULL, 1]'),
    each('x IS NOT NULL', "[NULL, '']"),
    'CAST(NULL AS ARRAY<INT64>) IS NULL',
    'ARRAY<INT64>[] IS NULL',
    'STRUCT(NULL AS a) IS NULL',
  ]),
  scalar('$is_distinct_from', 'a IS DISTINCT FROM b', distinctness('IS DISTINCT FROM'), [
    each('x IS DISTINCT FROM 1', '[NULL, 1, 2]'),
    each('x IS DISTINCT FROM NULL', '[NULL, 1]'),
    each("x IS DISTINCT FROM CAST('nan' AS FLOAT64)", FLOATS),
    each("x IS DISTINCT FROM 'a'", STRINGS),
  ]),
  scalar(
    '$is_not_distinct_from',
    'a IS NOT DISTINCT FROM b',
    distinctness('IS NOT DISTINCT FROM'),
    [
      each('x IS NOT DISTINCT FROM 1', '[NULL, 1, 2]'),
      each('x IS NOT DISTINCT FROM NULL', '[NULL, 1]'),
    ],
  ),
  scalar('greatest', 'GREATEST(a, b, ...)', extremum('greatest'), [
    each('GREATEST(x, 2)', '[NULL, 1, 3]'),
    each('GREATEST(x, 1.0)', FLOATS),
    each("GREATEST(x, 'a')", STRINGS),
    'GREATEST(1, NULL, 3)',
    "GREATEST(DATE '2024-01-01', DATE '2023-12-31', DATE '2024-02-29')",
    "GREATEST(NUMERIC '1.1', NUMERIC '1.09')",
    'GREATEST(7)',
  ]),
  scalar('least', 'LEAST(a, b, ...)', extremum('least'), [
    each('LEAST(x, 2)', '[NULL, 1, 3]'),
    each('LEAST(x, 1.0)', FLOATS),
    each("LEAST(x, 'a')", STRINGS),
    'LEAST(1, NULL, 3)',
    "LEAST(TIMESTAMP '2024-01-01 00:00:00+00', TIMESTAMP '2023-12-31 23:59:59.999999+00')",
  ]),
];
