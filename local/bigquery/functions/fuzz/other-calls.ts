import { castProofs } from '../cast-cases';

type Calls = Readonly<Record<string, readonly string[]>>;

const NUMBERS = ['INT', 'FLOAT', 'NUM'];
const FINITE = ['INT', 'FINITE', 'NUM'];
const ORDERED = [...NUMBERS, 'TEXT', 'BYTES', 'BOOL', 'DATE', 'TS'];

const LITERAL_TYPE: Readonly<Record<string, string>> = {
  INT: 'INT64',
  SMALL: 'INT64',
  FLOAT: 'FLOAT64',
  FINITE: 'FLOAT64',
  NUM: 'NUMERIC',
  TEXT: 'STRING',
  PART: 'STRING',
  BYTES: 'BYTES',
  BOOL: 'BOOL',
  DATE: 'DATE',
  TS: 'TIMESTAMP',
};

const rows = (pool: string): string => {
  const list = Array.from({ length: 4 }, () => `{${pool}}`).join(', ');
  return `UNNEST(ARRAY<${LITERAL_TYPE[pool]}>[${list}]) AS x WITH OFFSET AS i`;
};

/** The aggregate over four rows, and over them as a growing window. */
const over = (call: string, pools: readonly string[]): readonly string[] =>
  pools.flatMap((pool) => [
    `(SELECT ${call} FROM ${rows(pool)})`,
    `ARRAY(SELECT AS STRUCT i, ${call} OVER (ORDER BY i) AS v FROM ${rows(pool)} ORDER BY i)`,
  ]);

const plain = (call: string, pools: readonly string[]): readonly string[] =>
  pools.map((pool) => `(SELECT ${call} FROM ${rows(pool)})`);

const windowed = (call: string, window: string, pools: readonly string[]): readonly string[] =>
  pools.map(
    (pool) =>
      `ARRAY(SELECT AS STRUCT i, ${call} OVER (${window}) AS v FROM ${rows(pool)} ORDER BY i)`,
  );

const statistic = (names: string): Calls =>
  Object.fromEntries(
    names
      .split(' ')
      .map((name) => [name, over(`${name.toUpperCase()}(x)`, ['SMALL', 'FLOAT', 'NUM'])]),
  );

/** Pairs of a column each, as corr wants them. */
const pairs = (names: string): Calls =>
  Object.fromEntries(
    names
      .split(' ')
      .map((name) => [
        name,
        [
          `(SELECT ${name.toUpperCase()}(a, b) FROM UNNEST([STRUCT({SQUARED} AS a, {SQUARED} AS b), ({SQUARED}, {SQUARED}), ({SQUARED}, {SQUARED})]))`,
          `(SELECT ${name.toUpperCase()}(a, b) FROM UNNEST([STRUCT({SMALL} AS a, {SMALL} AS b), ({SMALL}, {SMALL}), ({SMALL}, {SMALL})]))`,
        ],
      ]),
  );

const FRAME = 'ORDER BY i ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING';

export const AGGREGATE_CALLS: Calls = {
  $count_star: over('COUNT(*)', ['INT']),
  count: [...over('COUNT(x)', ORDERED), ...plain('COUNT(DISTINCT x)', ORDERED)],
  countif: [...over('COUNTIF(x > 0)', NUMBERS)],
  sum: [...over('SUM(x)', FINITE), ...plain('SUM(DISTINCT x)', FINITE)],
  avg: [...over('AVG(x)', FINITE), ...plain('AVG(DISTINCT x)', FINITE)],
  min: over('MIN(x)', ORDERED),
  max: over('MAX(x)', ORDERED),
  any_value: plain('ANY_VALUE(i HAVING MAX x)', ORDERED),
  max_by: ['INT', 'TEXT', 'TS'].map((pool) => `(SELECT MAX_BY(i, x) FROM ${rows(pool)})`),
  min_by: ['INT', 'TEXT', 'TS'].map((pool) => `(SELECT MIN_BY(i, x) FROM ${rows(pool)})`),
  logical_and: over('LOGICAL_AND(x)', ['BOOL']),
  logical_or: over('LOGICAL_OR(x)', ['BOOL']),
  bit_and: plain('BIT_AND(x)', ['INT']),
  bit_or: plain('BIT_OR(x)', ['INT']),
  bit_xor: plain('BIT_XOR(x)', ['INT']),
  ...statistic('stddev stddev_samp stddev_pop variance var_samp var_pop'),
  ...pairs('corr covar_pop covar_samp'),
  array_agg: [
    ...plain('ARRAY_AGG(x IGNORE NULLS ORDER BY x, i)', ORDERED),
    ...plain('ARRAY_AGG(x IGNORE NULLS ORDER BY x DESC, i LIMIT 2)', ORDERED),
    ...plain('ARRAY_AGG(DISTINCT x IGNORE NULLS ORDER BY x)', ORDERED),
  ],
  string_agg: [
    ...plain("STRING_AGG(x, '|' ORDER BY x, i)", ['TEXT', 'PART']),
    ...plain("STRING_AGG(DISTINCT x, ',' ORDER BY x DESC LIMIT 2)", ['TEXT', 'PART']),
  ],
  array_concat_agg: plain('ARRAY_CONCAT_AGG([x, x] ORDER BY i)', ['INT', 'TEXT']),
  row_number: windowed('ROW_NUMBER()', 'ORDER BY x, i', ORDERED),
  rank: windowed('RANK()', 'ORDER BY x', ORDERED),
  dense_rank: windowed('DENSE_RANK()', 'ORDER BY x DESC', ORDERED),
  percent_rank: windowed('PERCENT_RANK()', 'ORDER BY x', ORDERED),
  cume_dist: windowed('CUME_DIST()', 'ORDER BY x', ORDERED),
  ntile: windowed('NTILE(3)', 'ORDER BY x, i', ['INT', 'FLOAT']),
  lag: windowed('LAG(x, 2)', 'ORDER BY i', ORDERED),
  lead: windowed('LEAD(x)', 'ORDER BY x, i', ORDERED),
  first_value: [
    ...windowed('FIRST_VALUE(x)', FRAME, ORDERED),
    ...windowed('FIRST_VALUE(x IGNORE NULLS)', FRAME, ORDERED),
  ],
  last_value: [
    ...windowed('LAST_VALUE(x)', FRAME, ORDERED),
    ...windowed('LAST_VALUE(x IGNORE NULLS)', FRAME, ORDERED),
  ],
  nth_value: windowed('NTH_VALUE(x, 2)', FRAME, ORDERED),
  percentile_cont: windowed('PERCENTILE_CONT(x, {FRACTION})', '', ['INT', 'FLOAT', 'SMALL']),
  percentile_disc: windowed('PERCENTILE_DISC(x, {FRACTION})', '', ORDERED),
};

const CAST_POOLS: Readonly<Record<string, readonly string[]>> = {
  BOOL: ['BOOL'],
  INT64: ['INT', 'EPOCH'],
  FLOAT64: ['FLOAT'],
  NUMERIC: ['NUM'],
  STRING: ['NUMTEXT', 'DATETEXT', 'TEXT'],
  BYTES: ['BYTES'],
  DATE: ['DATE'],
  TIME: ['TIME'],
  DATETIME: ['DATETIME'],
  TIMESTAMP: ['TS'],
};

/** Each proven cast as CAST and as SAFE_CAST. */
export const CAST_CALLS: Calls = Object.fromEntries(
  castProofs.flatMap(({ name }) => {
    const [, from = '', to = ''] = /^CAST\((\w+) AS (.*)\)$/.exec(name) ?? [];
    const pools = CAST_POOLS[from] ?? [];
    const calls = pools.flatMap((pool) => [
      `CAST({${pool}} AS ${to})`,
      `SAFE_CAST({${pool}} AS ${to})`,
    ]);
    return calls.length === 0 ? [] : [[name, calls] as const];
  }),
);
