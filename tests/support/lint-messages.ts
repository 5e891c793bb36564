/** A file and everything that the lint says of it: the rule, the text at its place, its words. */
export interface LintMessages {
  readonly path: string;
  readonly text: string;
  readonly problems: readonly (readonly [rule: string, at: string, says: RegExp])[];
}

const HEAD =
  'config {\n  type: "table",\n  description: "One row per order.",\n  tags: ["prepare"]\n}\n\n';

const ORDERS = `\${ref("orders")}`;

let count = 0;

function file(sql: string, ...problems: LintMessages['problems']): LintMessages {
  count += 1;
  return { path: `02_staging/stg_said_${count}.sqlx`, text: `${HEAD}${sql}\n`, problems };
}

/** Each expression has one message: that of the rule that knows what to write instead. */
const alone = (rule: string, at: string, expression: string, says: RegExp) =>
  file(`SELECT order_id, ${expression} AS x FROM ${ORDERS}`, [rule, at, says]);

const INTERVAL = 'interval-operators';
const CHANGES = 'nondeterministic';

/** Messages that mistakes beside the analyzer's first one, and those behind it, must have. */
export const lintMessages: readonly LintMessages[] = [
  alone(INTERVAL, 'ordered_at -', "ordered_at - TIMESTAMP '2020-01-01'", /TIMESTAMP_DIFF\(/),
  alone(INTERVAL, 'INTERVAL', 'CAST(INTERVAL 1 DAY AS STRING)', /TIMESTAMP_ADD/),
  alone('allowed-functions', 'ST_GEOGPOINT', 'ST_GEOGPOINT(1, 2)', /does not know.*; write/),
  alone(CHANGES, 'RAND', 'RAND()', /each run/),
  alone(CHANGES, 'GENERATE', 'GENERATE_UUID()', /each run/),
  alone(CHANGES, 'SESSION', 'SESSION_USER()', /each run/),
  alone('iferror', 'ISERROR', 'ISERROR(1 / LENGTH(order_id))', /SAFE_CAST/),
  alone('approximate', 'HLL', 'HLL_COUNT.EXTRACT(NULL)', /not exact/),
  // The analyzer stops at the first of these.
  file(
    `SELECT\n  SEARCH(order_id, 'x') AS a,\n  KEYS.NEW_KEYSET('A') AS b,\n  POWER(2, 2) AS c,\n  NOSUCH(SAFE.SUBSTR(order_id, 1)) AS d\nFROM ${ORDERS}`,
    ['allowed-functions', 'SEARCH', /CONTAINS_SUBSTR/],
    ['allowed-functions', 'KEYS.', /KEYS\.NEW_KEYSET/],
    ['allowed-functions', 'NOSUCH', /NOSUCH/],
  ),
  file('SELECT order_id FROM `shop.raw.absent`', ['analyzes', '`shop', /declare it.*ref\(\)/]),
  file(`SELECT order_ident FROM ${ORDERS}`, ['analyzes', 'order_ident', /; write a column/]),
  file(`SELECT order_id FROM \${ref("nothere")}`, ['compiles', '"nothere', /declare it/]),
  // Who reads a model that can't be analyzed has done nothing wrong.
  {
    path: '02_staging/stg_sampled.sqlx',
    text: `${HEAD}SELECT order_id FROM ${ORDERS} TABLESAMPLE SYSTEM (10 PERCENT)\n`,
    problems: [['analyzes', 'TABLESAMPLE', /FARM_FINGERPRINT/]],
  },
  file(`SELECT order_id FROM \${ref("stg_sampled")}`),
  file(`SELECT id FROM \${ref("unknown")}`, ['analyzes', '${ref', /tests\/schemas\/unknown\.yaml/]),
  file(
    `SELECT order_id, ARRAY(SELECT note FROM ${ORDERS}) AS notes FROM ${ORDERS} LIMIT 3`,
    ['total-order', 'ARRAY', /no order/],
    ['total-order', '3', /LIMIT has no order/],
  ),
  file(`SELECT order_id FROM ${ORDERS} WHERE EXISTS (SELECT * FROM ${ORDERS})`),
  {
    path: '02_staging/stg_no_debts.sqlx',
    text: `config {\n  type: "assertion",\n  tags: ["prepare"]\n}\n\nSELECT * FROM ${ORDERS} WHERE amount < 0\n`,
    problems: [],
  },
  // Names in backticks call the same functions.
  file(
    `SELECT\n  \`rand\`() AS a,\n  SAFE.GENERATE_UUID() AS b,\n  \`current_date\`() AS c,\n  \`any_value\`(t.\`note\`) AS d\nFROM ${ORDERS} AS t`,
    ['nondeterministic', '`rand', /RAND/],
    ['nondeterministic', 'SAFE.', /GENERATE_UUID/],
    ['nondeterministic', '`current_date', /CURRENT_DATE/],
    ['any-value', '`any_value', /MIN, MAX/],
  ),
  // Nothing hides behind the first word of scripting.
  {
    path: '02_staging/stg_script_loop.sqlx',
    text: `config {\n  type: "operations",\n  tags: ["prepare"]\n}\n\nLOOP\n  IF (SELECT COUNT(*) FROM ${ORDERS}) > 0 THEN BREAK; END IF;\nEND LOOP;\nSELECT CASE WHEN amount > 1 THEN IF(amount > 2, 1, 2) END AS a FROM ${ORDERS} LIMIT 7;\nWHILE FALSE DO SELECT 1; END WHILE\n`,
    problems: [
      ['scripting', 'LOOP\n  IF', /LOOP is/],
      ['scripting', 'IF (', /IF is/],
      ['scripting', 'BREAK', /BREAK is/],
      ['total-order', '7', /LIMIT has no order/],
      ['scripting', 'WHILE FALSE', /WHILE is/],
    ],
  },
];
