import { UnsupportedError } from '../sql/errors';
import { aggregate, overSql } from './aggregate-sql';
import type { AggregateCall, AggregateMapping } from './mapping';
import { raise } from './sql-text';

const VALUES = '[3, NULL, 1, -7, 3, 3]';

/** `expression` as a column over the elements of an array as x, in several orders. */
function windows(
  expression: string,
  array = VALUES,
  overs = ['ORDER BY i', 'PARTITION BY MOD(i, 2) ORDER BY i DESC'],
): readonly string[] {
  return overs.map(
    (over) =>
      `ARRAY(SELECT AS STRUCT i, ${expression} OVER (${over}) AS v FROM UNNEST(${array}) AS x WITH OFFSET AS i ORDER BY i)`,
  );
}

const TIES = ['ORDER BY x', 'ORDER BY x DESC', 'PARTITION BY MOD(i, 2) ORDER BY x DESC'];
const FRAMES = [
  'ORDER BY i',
  'ORDER BY i ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING',
  'ORDER BY i ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING',
  'ORDER BY i ROWS BETWEEN 2 FOLLOWING AND UNBOUNDED FOLLOWING',
];

function analytic(
  name: string,
  signature: string,
  cases: readonly string[],
  compile: (call: AggregateCall) => string,
): AggregateMapping {
  return { ...aggregate(name, signature, compile, cases), windowOnly: true };
}

function ranking(name: string): AggregateMapping {
  const cases =
    name === 'row_number'
      ? windows('ROW_NUMBER()')
      : windows(`${name.toUpperCase()}()`, VALUES, TIES);
  return analytic(
    name,
    `${name.toUpperCase()}() OVER (...)`,
    cases,
    (call) => `${name}()${overSql(call)}`,
  );
}

/** DuckDB writes IGNORE NULLS inside the parentheses. */
function navigation(
  name: string,
  args: (call: AggregateCall) => readonly string[],
): (call: AggregateCall) => string {
  return (call) => {
    const nulls = call.nulls === 'IGNORE' ? ' IGNORE NULLS' : '';
    return `${name}(${args(call).join(', ')}${nulls})${overSql(call)}`;
  };
}

function neighbour(name: 'lag' | 'lead'): (call: AggregateCall) => string {
  return (call) => {
    if (call.nulls === 'IGNORE')
      throw new UnsupportedError(`IGNORE NULLS in ${name.toUpperCase()}`);
    return navigation(name, (inner) => inner.args)(call);
  };
}

const neighbourCases = (name: string): readonly string[] => [
  ...windows(`${name}(x)`),
  ...windows(`${name}(x, 2)`),
  ...windows(`${name}(x, 1, -99)`),
  ...windows(`${name}(x, 0)`),
  ...windows(`${name}(x)`, "['a', NULL, 'b']"),
  ...windows(`${name}(STRUCT(x AS a, i AS b))`),
];

function percentile(name: string, duckName: string): (call: AggregateCall) => string {
  return (call) => {
    const [x] = call.args;
    const [, fraction] = call.constants;
    if (call.nulls === 'RESPECT') throw new UnsupportedError(`RESPECT NULLS in ${name}`);
    if (typeof fraction !== 'number')
      throw new UnsupportedError(`${name} with a fraction that is not a FLOAT64 constant`);
    const exact = name === 'PERCENTILE_DISC' ? aboveDecimal(fraction) : fraction;
    const value = `${duckName}(${x}, ${exact}::DOUBLE)${overSql(call)}`;
    if (call.argTypes[0]?.kind !== 'FLOAT64') return value;
    // GoogleSQL puts NaN first, DuckDB last.
    const nan = `coalesce(bool_or(isnan(${x}))${overSql(call)}, FALSE)`;
    return `CASE WHEN ${nan} THEN ${raise(`${name} of NaN is not supported`, call.type)} ELSE ${value} END`;
  };
}

/**
 * GoogleSQL counts with the exact binary value: 0.1 is a little more than a tenth, so of ten rows
 * it takes the second. DuckDB's product rounds to a whole number; so little more makes no other.
 */
function aboveDecimal(fraction: number): number {
  if (fraction <= 0 || fraction >= 1) return fraction;
  const [mantissa = '', exponent = '0'] = fraction.toExponential().split('e');
  const scale = 10n ** BigInt((mantissa.split('.')[1]?.length ?? 0) - Number(exponent));
  const decimal = BigInt(mantissa.replace('.', ''));
  const binary = BigInt(Math.trunc(fraction * 2 ** EXACT_BITS));
  return binary * scale > decimal << BigInt(EXACT_BITS)
    ? Math.min(1, fraction + 2 ** -50)
    : fraction;
}

const EXACT_BITS = 1000;

const PARTITIONS = ['', 'PARTITION BY MOD(i, 2)'];
const FLOATS = '[0.5, NULL, 4.0, -1.0, 2.0, 2.5, 9.0]';

export const windowFunctionList: readonly AggregateMapping[] = [
  ranking('row_number'),
  ranking('rank'),
  ranking('dense_rank'),
  ranking('percent_rank'),
  ranking('cume_dist'),
  analytic(
    'ntile',
    'NTILE(n) OVER (...)',
    [...windows('NTILE(1)'), ...windows('NTILE(4)'), ...windows('NTILE(9)')],
    (call) => `ntile(${call.args[0]})${overSql(call)}`,
  ),
  analytic(
    'lag',
    'LAG(x[, offset[, default]]) OVER (...)',
    neighbourCases('LAG'),
    neighbour('lag'),
  ),
  analytic(
    'lead',
    'LEAD(x[, offset[, default]]) OVER (...)',
    neighbourCases('LEAD'),
    neighbour('lead'),
  ),
  analytic(
    'first_value',
    'FIRST_VALUE(x [IGNORE NULLS]) OVER (...)',
    [
      ...windows('FIRST_VALUE(x)', '[NULL, 3, NULL, 1]', FRAMES),
      ...windows('FIRST_VALUE(x IGNORE NULLS)', '[NULL, 3, NULL, 1]', FRAMES),
    ],
    navigation('first_value', (call) => call.args),
  ),
  analytic(
    'last_value',
    'LAST_VALUE(x [IGNORE NULLS]) OVER (...)',
    [
      ...windows('LAST_VALUE(x)', '[NULL, 3, NULL, 1, NULL]', FRAMES),
      ...windows('LAST_VALUE(x IGNORE NULLS)', '[NULL, 3, NULL, 1, NULL]', FRAMES),
    ],
    navigation('last_value', (call) => call.args),
  ),
  analytic(
    'nth_value',
    'NTH_VALUE(x, n [IGNORE NULLS]) OVER (...)',
    [
      ...windows('NTH_VALUE(x, 2)', VALUES, FRAMES),
      ...windows('NTH_VALUE(x, 2 IGNORE NULLS)', VALUES, FRAMES),
    ],
    navigation('nth_value', (call) => call.args),
  ),
  analytic(
    'percentile_cont',
    'PERCENTILE_CONT(x, fraction) OVER (...)',
    [0, 0.25, 0.5, 0.9, 1].flatMap((p) =>
      windows(`PERCENTILE_CONT(x, ${p.toFixed(2)})`, FLOATS, PARTITIONS),
    ),
    percentile('PERCENTILE_CONT', 'quantile_cont'),
  ),
  analytic(
    'percentile_disc',
    'PERCENTILE_DISC(x, fraction) OVER (...)',
    [0, 0.25, 0.5, 0.9, 1]
      .flatMap((p) => [
        ...windows(`PERCENTILE_DISC(x, ${p.toFixed(2)})`, FLOATS, PARTITIONS),
        ...windows(`PERCENTILE_DISC(x, ${p.toFixed(2)})`, "['b', 'a', NULL, 'c']", PARTITIONS),
      ])
      .concat(
        [0.1, 0.3, 0.35, 0.55, 0.7, 0.9, 0.95].flatMap((p) =>
          [10, 20, 120].flatMap((n) =>
            windows(`PERCENTILE_DISC(x, ${p})`, `GENERATE_ARRAY(1, ${n})`, ['']),
          ),
        ),
      ),
    percentile('PERCENTILE_DISC', 'quantile_disc'),
  ),
];
