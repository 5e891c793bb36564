import {
  aggregate,
  aggregateCases,
  aggregateSql,
  refuseModifiers,
  renamed,
  windowCases,
} from './aggregate-sql';
import type { AggregateCall, AggregateMapping } from './mapping';
import { divideBillionths, toBillionths } from './numeric';
import { raise } from './sql-text';

type Having = NonNullable<AggregateCall['having']>;

const INTS = '[3, NULL, 1, -7, 3]';
const FLOATS = '[0.5, NULL, 1.25, -7.0, 0.5]';
const NANS = "[0.5, CAST('nan' AS FLOAT64), CAST('inf' AS FLOAT64), NULL, -1.0]";
const NUMERICS = "[NUMERIC '0.1', NULL, NUMERIC '0.2', NUMERIC '-1.000000001', NUMERIC '0.1']";
const TEXTS = "['b', NULL, 'ä', '', 'B', 'b']";
const BOOLS = '[TRUE, NULL, FALSE, TRUE]';

function sum(call: AggregateCall): string {
  refuseModifiers(call, 'SUM');
  const total = aggregateSql(call, { function: 'sum', args: call.args });
  // DuckDB adds INT64 up in 128 bits; the cast fails where INT64 overflows.
  if (call.type.kind === 'INT64') return `CAST(${total} AS BIGINT)`;
  // The sum of DECIMALs may pass the 29th whole digit unseen; negation checks nothing, addition does.
  return call.type.kind === 'NUMERIC'
    ? `(${total} + CAST(0 AS DECIMAL(38,9)))`
    : finite(call, total);
}

/** The aggregate, or an error where finite values gave infinity; DuckDB answers infinity. */
function finite(call: AggregateCall, sql: string): string {
  const infinite = aggregateSql(
    { ...call, distinct: false },
    { function: 'bool_or', args: [`NOT isfinite(${call.args[0]})`] },
  );
  return `CASE WHEN isinf(${sql}) AND NOT ${infinite} THEN ${raise('FLOAT64 overflow', call.type)} ELSE ${sql} END`;
}

function average(call: AggregateCall): string {
  refuseModifiers(call, 'AVG');
  if (call.type.kind === 'FLOAT64') {
    const mean = aggregateSql(call, { function: 'avg', args: call.args });
    return call.argTypes[0]?.kind === 'FLOAT64' ? finite(call, mean) : mean;
  }
  const total = aggregateSql(call, { function: 'sum', args: call.args });
  const count = aggregateSql(call, { function: 'count', args: call.args });
  return divideBillionths(
    toBillionths(total),
    `CAST(nullif(${count}, 0) AS HUGEINT) * CAST(1000000000 AS HUGEINT)`,
  );
}

/** True where one of the values is NaN. */
function hasNan(call: AggregateCall, value: string): string {
  return aggregateSql(
    { ...call, distinct: false },
    { function: 'bool_or', args: [`isnan(${value})`] },
  );
}

/** In GoogleSQL one NaN makes the minimum and the maximum NaN; in DuckDB it is the greatest. */
function minimum(call: AggregateCall): string {
  refuseModifiers(call, 'MIN');
  const least = aggregateSql(call, { function: 'min', args: call.args });
  if (call.type.kind !== 'FLOAT64') return least;
  return `CASE WHEN ${hasNan(call, call.args[0] ?? '')} THEN CAST('nan' AS DOUBLE) ELSE ${least} END`;
}

function maximum(call: AggregateCall): string {
  refuseModifiers(call, 'MAX');
  return aggregateSql(call, { function: 'max', args: call.args });
}

function anyValue(call: AggregateCall): string {
  refuseModifiers(call, 'ANY_VALUE', ['having']);
  if (call.having === undefined) return aggregateSql(call, { function: 'first', args: call.args });
  return atExtreme(call, call.having);
}

/** The first argument where `value` is extreme. NaN is the extreme then, and equals no row's. */
function atExtreme(call: AggregateCall, { kind, value, type }: Having): string {
  const name = kind === 'MAX' ? 'arg_max_null' : 'arg_min_null';
  const best = aggregateSql(call, { function: name, args: [call.args[0] ?? '', value] });
  return type.kind === 'FLOAT64'
    ? `CASE WHEN ${hasNan(call, value)} THEN NULL ELSE ${best} END`
    : best;
}

function count(call: AggregateCall): string {
  refuseModifiers(call, 'COUNT');
  return aggregateSql(call, { function: 'count', args: call.args });
}

function countIf(call: AggregateCall): string {
  refuseModifiers(call, 'COUNTIF', []);
  return aggregateSql(call, { function: 'count', args: [`CASE WHEN ${call.args[0]} THEN 1 END`] });
}

function extremeBy(kind: 'MAX' | 'MIN'): (call: AggregateCall) => string {
  return (call) => {
    refuseModifiers(call, `${kind}_BY`, []);
    const [type, value] = [call.argTypes[1], call.args[1]];
    if (!type || value === undefined) throw new Error(`${kind}_BY has two arguments`);
    return atExtreme(call, { kind, value, type });
  };
}

const both = (expression: string, array: string): readonly string[] => [
  ...aggregateCases(expression, array),
  ...windowCases(expression, array),
];

/** BigQuery documents MAX_BY(x, y) as ANY_VALUE(x HAVING MAX y); the reference engine lacks it. */
function by(kind: 'MAX' | 'MIN'): AggregateMapping {
  const name = `${kind}_BY`;
  const cases = [
    ...aggregateCases(`${name}(x, i)`, TEXTS),
    ...aggregateCases(`${name}(i, x)`, '[3, NULL, 1, -7, 5]'),
    ...aggregateCases(`${name}(i, x)`, NANS),
  ];
  return {
    ...aggregate(name.toLowerCase(), `${name}(x, y)`, extremeBy(kind), cases),
    forReference: (expression) =>
      expression.replace(
        new RegExp(`${name}\\((\\w+), (\\w+)\\)`),
        `ANY_VALUE($1 HAVING ${kind} $2)`,
      ),
  };
}

export const aggregateFunctionList: readonly AggregateMapping[] = [
  aggregate(
    '$count_star',
    'COUNT(*)',
    (call) => aggregateSql(call, { function: 'count', args: ['*'] }),
    both('COUNT(*)', INTS),
  ),
  aggregate('count', 'COUNT([DISTINCT] x)', count, [
    ...both('COUNT(x)', INTS),
    ...aggregateCases('COUNT(DISTINCT x)', TEXTS),
    ...aggregateCases('COUNT(DISTINCT x)', INTS),
    ...windowCases('COUNT(x)', TEXTS),
  ]),
  aggregate('countif', 'COUNTIF(condition)', countIf, both('COUNTIF(x > 0)', INTS)),
  aggregate('sum', 'SUM([DISTINCT] x)', sum, [
    ...both('SUM(x)', INTS),
    ...both('SUM(x)', FLOATS),
    ...both('SUM(x)', NUMERICS),
    ...aggregateCases('SUM(DISTINCT x)', INTS),
    ...aggregateCases('SUM(DISTINCT x)', NUMERICS),
    ...aggregateCases('SUM(x)', NANS),
    ...both('SUM(x)', '[1e308, 1e308]'),
    ...aggregateCases('SUM(x)', "[1e308, CAST('inf' AS FLOAT64)]"),
    ...aggregateCases('SUM(x)', "[CAST('-inf' AS FLOAT64), CAST('inf' AS FLOAT64)]"),
    ...aggregateCases('SUM(x)', '[9223372036854775807, 1]'),
    ...aggregateCases('SUM(x)', "[NUMERIC '99999999999999999999999999999', NUMERIC '1']"),
  ]),
  aggregate('avg', 'AVG([DISTINCT] x)', average, [
    ...both('AVG(x)', INTS),
    ...both('AVG(x)', FLOATS),
    ...both('AVG(x)', NUMERICS),
    ...aggregateCases('AVG(DISTINCT x)', INTS),
    ...aggregateCases('AVG(DISTINCT x)', NUMERICS),
    ...aggregateCases('AVG(x)', "[NUMERIC '0.000000001', NUMERIC '0.000000002']"),
    ...aggregateCases('AVG(x)', '[9223372036854775807, 9223372036854775807]'),
  ]),
  aggregate('min', 'MIN(x)', minimum, [
    ...both('MIN(x)', INTS),
    ...both('MIN(x)', FLOATS),
    ...both('MIN(x)', NANS),
    ...both('MIN(x)', TEXTS),
    ...aggregateCases('MIN(x)', NUMERICS),
    ...aggregateCases('MIN(x)', "[DATE '2024-02-29', NULL, DATE '2023-01-01']"),
    ...aggregateCases('MIN(x)', BOOLS),
  ]),
  aggregate('max', 'MAX(x)', maximum, [
    ...both('MAX(x)', INTS),
    ...both('MAX(x)', FLOATS),
    ...both('MAX(x)', NANS),
    ...both('MAX(x)', TEXTS),
    ...aggregateCases('MAX(x)', NUMERICS),
    ...aggregateCases('MAX(x)', "[TIMESTAMP '2024-02-29 01:02:03+00', NULL]"),
    ...aggregateCases('MAX(x)', BOOLS),
  ]),
  aggregate('any_value', 'ANY_VALUE(x [HAVING MAX | MIN y])', anyValue, [
    ...aggregateCases('ANY_VALUE(x)', '[7, 7, 7]'),
    ...aggregateCases('ANY_VALUE(x HAVING MAX i)', INTS),
    ...aggregateCases('ANY_VALUE(x HAVING MIN i)', TEXTS),
    ...aggregateCases('ANY_VALUE(i HAVING MAX x)', '[3, NULL, 1, -7, 5]'),
    ...aggregateCases('ANY_VALUE(i HAVING MIN x)', '[3, NULL, 1, -7, 5]'),
    ...aggregateCases('ANY_VALUE(i HAVING MAX x)', NANS),
    ...aggregateCases('ANY_VALUE(i HAVING MIN x)', NANS),
    "(SELECT ANY_VALUE(v HAVING MAX o) FROM UNNEST([STRUCT(CAST(NULL AS STRING) AS v, 2 AS o), ('a', 1)]))",
    ...windowCases('ANY_VALUE(x)', '[7, 7, 7]'),
  ]),
  aggregate(
    'logical_and',
    'LOGICAL_AND(x)',
    renamed('LOGICAL_AND', 'bool_and'),
    both('LOGICAL_AND(x)', BOOLS),
  ),
  aggregate(
    'logical_or',
    'LOGICAL_OR(x)',
    renamed('LOGICAL_OR', 'bool_or'),
    both('LOGICAL_OR(x)', BOOLS),
  ),
  aggregate(
    'bit_and',
    'BIT_AND(x)',
    renamed('BIT_AND', 'bit_and'),
    aggregateCases('BIT_AND(x)', INTS),
  ),
  aggregate('bit_or', 'BIT_OR(x)', renamed('BIT_OR', 'bit_or'), aggregateCases('BIT_OR(x)', INTS)),
  aggregate('bit_xor', 'BIT_XOR([DISTINCT] x)', renamed('BIT_XOR', 'bit_xor'), [
    ...aggregateCases('BIT_XOR(x)', INTS),
    ...aggregateCases('BIT_XOR(DISTINCT x)', INTS),
  ]),
  by('MAX'),
  by('MIN'),
];
