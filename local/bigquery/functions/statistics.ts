import { aggregate, aggregateCases, aggregateSql, renamed, windowCases } from './aggregate-sql';
import type { AggregateCall, AggregateMapping } from './mapping';
import { raise } from './sql-text';

const FLOATS = '[0.5, NULL, 1.25, -7.0, 0.5]';
const NUMERICS = "[NUMERIC '0.1', NULL, NUMERIC '0.2', NUMERIC '-1.000000001', NUMERIC '0.1']";
const NANS = "[0.5, CAST('nan' AS FLOAT64), NULL, -1.0]";
const INFINITIES = "[0.5, CAST('inf' AS FLOAT64), 2.0, CAST('-inf' AS FLOAT64)]";
const NAN = "CAST('nan' AS DOUBLE)";

const AT_LEAST: Readonly<Record<string, number>> = { samp: 2, pop: 1 };

/** How many values the statistic needs to be more than NULL. */
const neededBy = (duckName: string): number => AT_LEAST[duckName.replace(/^.*_/, '')] ?? 2;

/**
 * A statistic over rows of which one may be NaN or infinite: GoogleSQL answers NaN, DuckDB fails.
 * `rows` is SQL that is true for finite rows, false for others, NULL for rows that do not count.
 */
function overFinite(call: AggregateCall, duckName: string, rows: string): string {
  const value = aggregateSql(call, {
    function: duckName,
    args: call.args.map((arg) => `CASE WHEN ${rows} THEN ${arg} END`),
  });
  // A correlation may be NaN, a covariance of finite values only where DuckDB's sums overflow.
  const failure = raise('The covariance overflows', call.type);
  const checked = duckName.startsWith('covar')
    ? `CASE WHEN isfinite(${value}) OR ${value} IS NULL THEN ${value} ELSE ${failure} END`
    : value;
  const plain = { ...call, distinct: false };
  const odd = aggregateSql(plain, { function: 'bool_or', args: [`NOT (${rows})`] });
  const count = aggregateSql(plain, { function: 'count', args: [rows] });
  return `CASE WHEN ${odd} THEN CASE WHEN ${count} >= ${neededBy(duckName)} THEN ${NAN} END ELSE ${checked} END`;
}

function ofOne(name: string, duckName: string): (call: AggregateCall) => string {
  return (call) => {
    const checked = renamed(name, duckName)(call);
    if (call.argTypes[0]?.kind !== 'FLOAT64') return checked;
    return overFinite(call, duckName, `isfinite(${call.args[0]})`);
  };
}

function ofPairs(name: string, duckName: string): (call: AggregateCall) => string {
  return (call) => {
    renamed(name, duckName)(call);
    const [x, y] = call.args;
    const finite = `CASE WHEN ${x} IS NOT NULL AND ${y} IS NOT NULL THEN isfinite(${x}) AND isfinite(${y}) END`;
    return overFinite(call, duckName, finite);
  };
}

/** DuckDB answers NaN for the correlation of fewer than two pairs, GoogleSQL NULL. */
function correlation(call: AggregateCall): string {
  const pairs = aggregateSql(call, { function: 'regr_count', args: call.args });
  return `CASE WHEN ${pairs} > 1 THEN ${ofPairs('CORR', 'corr')(call)} END`;
}

const both = (expression: string, array: string): readonly string[] => [
  ...aggregateCases(expression, array),
  ...windowCases(expression, array),
];

function statistic(name: string, duckName: string): AggregateMapping {
  const upper = name.toUpperCase();
  return aggregate(name, `${upper}([DISTINCT] x)`, ofOne(upper, duckName), [
    ...both(`${upper}(x)`, FLOATS),
    ...aggregateCases(`${upper}(x)`, NUMERICS),
    ...aggregateCases(`${upper}(x)`, '[5.0]'),
    ...aggregateCases(`${upper}(x)`, '[1, 2, 4]'),
    ...both(`${upper}(x)`, NANS),
    ...aggregateCases(`${upper}(x)`, INFINITIES),
    ...aggregateCases(`${upper}(DISTINCT x)`, FLOATS),
  ]);
}

function pairwise(name: string, compile: (call: AggregateCall) => string): AggregateMapping {
  const upper = name.toUpperCase();
  return aggregate(name, `${upper}(x, y)`, compile, [
    ...aggregateCases(`${upper}(x, CAST(i * i AS FLOAT64))`, FLOATS),
    ...aggregateCases(`${upper}(x, 2.0)`, '[5.0]'),
    ...aggregateCases(`${upper}(x, 2.0)`, FLOATS),
    ...aggregateCases(`${upper}(x, x)`, FLOATS),
    ...aggregateCases(`${upper}(x, CAST(i AS FLOAT64))`, NANS),
    ...aggregateCases(`${upper}(x, CAST(i AS FLOAT64))`, INFINITIES),
  ]);
}

export const statisticFunctions: readonly AggregateMapping[] = [
  statistic('stddev', 'stddev_samp'),
  statistic('stddev_samp', 'stddev_samp'),
  statistic('stddev_pop', 'stddev_pop'),
  statistic('variance', 'var_samp'),
  statistic('var_samp', 'var_samp'),
  statistic('var_pop', 'var_pop'),
  pairwise('corr', correlation),
  pairwise('covar_pop', ofPairs('COVAR_POP', 'covar_pop')),
  pairwise('covar_samp', ofPairs('COVAR_SAMP', 'covar_samp')),
];
