/** A rule broken in a file, where it must be found, and the same written as it should be. */
export interface LintExample {
  readonly rule: string;
  /** The file that breaks the rule, below definitions/. */
  readonly path: string;
  readonly bad: string;
  /** What the problem's place points at, in the bad file; undefined for its beginning. */
  readonly at?: string;
  readonly says: RegExp;
  /** A file that is right. */
  readonly good: string;
  readonly goodPath: string;
}

const config = (rest = '', description = 'One row per order.', type = 'table') => `config {
  type: "${type}",
  description: "${description}",
  tags: ["prepare"]${rest}
}
`;

/** A placeholder of SQLX. */
const value = (code: string) => `\${${code}}`;

const orders = `orders AS (\n  SELECT * FROM ${value('ref("orders")')}\n)`;

/** A model whose last CTE holds this SELECT. */
const model = (select: string, columns = 'order_id', head = config()) =>
  `${head}
WITH
${orders},

final AS (
  ${select}
)

SELECT ${columns} FROM final
`;

const plain = model('SELECT order_id FROM orders');
let count = 0;

function example(
  rule: string,
  bad: string,
  at: string | undefined,
  says: RegExp,
  good = plain,
  paths: { readonly path?: string; readonly goodPath?: string } = {},
): LintExample {
  count += 1;
  const path = paths.path ?? `02_staging/stg_bad_${count}.sqlx`;
  const goodPath = paths.goodPath ?? `02_staging/stg_good_${count}.sqlx`;
  return { rule, path, bad, ...(at === undefined ? {} : { at }), says, good, goodPath };
}

const expression = (bad: string, good: string) =>
  [
    model(`SELECT order_id, ${bad} AS x FROM orders`, 'order_id, x'),
    model(`SELECT order_id, ${good} AS x FROM orders`, 'order_id, x'),
  ] as const;

function wrong(rule: string, bad: string, at: string, says: RegExp, good: string): LintExample {
  const [badModel, goodModel] = expression(bad, good);
  return example(rule, badModel, at, says, goodModel);
}

/** Words around the model's own table, in incremental runs. */
const onlyNew = (words: string, filter: string) =>
  value(`when(incremental(), \`${words} ${value('self()')} ${filter})\`)`);

const operations = (sql: string) =>
  `config {\n  type: "operations",\n  tags: ["prepare"]\n}\n\n${sql}\n`;
const SUM_PER_USER = 'SUM(amount) OVER (PARTITION BY user_id)';
const UPSERT =
  'config {\n  type: "incremental",\n  tags: ["prepare"],\n  description: "One row per order.",\n  bigquery: { partitionBy: "DATE(ordered_at)" }\n}\n';

/** At least one example of each rule. */
export const lintExamples: readonly LintExample[] = [
  example('config-space', plain.replace('config {', 'config{'), 'config', /one blank/),
  example(
    'one-config',
    plain.replace('tags: ["prepare"]\n}', 'tags: ["prepare"]\n}\nconfig {}'),
    'config {}',
    /in the first/,
  ),
  example('stray-files', 'export const x = 1;\n', undefined, /does not read/, plain, {
    path: '02_staging/stray.ts',
  }),
  example(
    'file-name',
    model('SELECT order_id FROM orders', 'order_id', config(',\n  name: "stg_other"')),
    'name: "stg_other"',
    /stg_other\.sqlx/,
  ),
  example('model-names', plain, 'type', /stg_/, plain, { path: '02_staging/orders_cleaned.sqlx' }),
  example(
    'stage-order',
    plain.replace('ref("orders")', 'ref("rpt_late")'),
    'ref("rpt_late")',
    /later stage/,
    plain,
    { goodPath: '03_reporting/rpt_late.sqlx' },
  ),
  example('tags', plain.replace('["prepare"]', '["daily"]'), 'tags', /exactly one/),
  example('length', `${plain}\n${'-- x\n'.repeat(60)}SELECT 1\n`, undefined, /40 are allowed/),
  example(
    'description',
    plain.replace('One row per order.', 'Orders.'),
    'description',
    /begins with "One row per"/,
  ),
  example(
    'described-columns',
    model(
      'SELECT order_id FROM orders',
      'order_id',
      config(',\n  columns: { order_ident: "Order." }'),
    ),
    'columns',
    /order_ident is none/,
    model(
      'SELECT order_id FROM orders',
      'order_id',
      config(',\n  columns: { order_id: "Order." }'),
    ),
  ),
  example('described-columns', plain, undefined, /not described: order_id/, plain, {
    path: '03_reporting/rpt_bare.sqlx',
  }),
  example(
    'column-types',
    model('SELECT order_id, amount AS paid_at FROM orders', 'order_id, paid_at'),
    'paid_at FROM final',
    /NUMERIC, its name says TIMESTAMP/,
  ),
  example(
    'keywords',
    plain.replace('SELECT order_id FROM orders', 'select order_id FROM orders'),
    'select',
    /SELECT/,
  ),
  example(
    'select-star',
    model('SELECT * FROM orders JOIN orders AS o USING (order_id)'),
    '* FROM orders JOIN',
    /the columns/,
  ),
  example('last-cte', plain.replaceAll('final', 'cleaned'), 'cleaned AS', /final/),
  example(
    'last-cte',
    plain.replace('FROM final', 'FROM final LIMIT 1'),
    'FROM final LIMIT',
    /does more/,
  ),
  example(
    'unused-cte',
    plain.replace('final AS (', 'spare AS (\n  SELECT order_id FROM orders\n),\n\nfinal AS ('),
    'spare',
    /nothing reads/,
  ),
  wrong(
    'total-order',
    'ROW_NUMBER() OVER (PARTITION BY user_id ORDER BY ordered_at)',
    'ROW_NUMBER',
    /may tie/,
    'RANK() OVER (PARTITION BY user_id ORDER BY ordered_at)',
  ),
  wrong(
    'total-order',
    `SUM(amount) OVER (ORDER BY ordered_at ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)`,
    'SUM',
    /may tie/,
    SUM_PER_USER,
  ),
  example(
    'total-order',
    model(
      'SELECT user_id, ARRAY_AGG(order_id) AS order_ids FROM orders GROUP BY user_id',
      'user_id, order_ids',
    ),
    'ARRAY_AGG(order_id) AS',
    /no order/,
    model(
      'SELECT user_id, ARRAY_AGG(order_id ORDER BY order_id) AS order_ids FROM orders GROUP BY user_id',
      'user_id, order_ids',
    ),
  ),
  example(
    'any-value',
    model('SELECT user_id, ANY_VALUE(order_id) AS order_id FROM orders GROUP BY user_id'),
    'ANY_VALUE',
    /MIN, MAX/,
    model(
      'SELECT user_id, ANY_VALUE(order_id HAVING MIN order_id) AS order_id FROM orders GROUP BY user_id',
    ),
  ),
  wrong(
    'nondeterministic',
    'CURRENT_TIMESTAMP()',
    'CURRENT_TIMESTAMP',
    /each run/,
    'MAX(ordered_at) OVER ()',
  ),
  example(
    'partition-filter',
    model('SELECT order_id, ordered_at FROM orders', 'order_id, ordered_at', UPSERT).replace(
      value('ref("orders")'),
      `${value('ref("orders")')}\n  ${onlyNew('WHERE order_id NOT IN (SELECT order_id FROM', '')}`,
    ),
    value('when').slice(0, -1),
    /ordered_at, its partition column \(in what/,
    model('SELECT order_id, ordered_at FROM orders', 'order_id, ordered_at', UPSERT).replace(
      value('ref("orders")'),
      `${value('ref("orders")')}\n  ${onlyNew(
        'WHERE ordered_at > (SELECT MAX(ordered_at) FROM',
        "WHERE ordered_at > '2026-01-01'",
      )}`,
    ),
  ),
  wrong(
    'allowed-functions',
    "KEYS.NEW_KEYSET('AEAD_AES_GCM_256')",
    'KEYS',
    /does not know/,
    "LOWER('x')",
  ),
  example(
    'group-by-all',
    model('SELECT order_id FROM orders GROUP BY ALL'),
    'GROUP BY ALL',
    /write the columns/,
  ),
  example('pipe-syntax', model('FROM orders |> SELECT order_id'), '|>', /SELECT \.\.\. FROM/),
  wrong(
    'iferror',
    'IFERROR(CAST(user_id AS INT64), 0)',
    'IFERROR',
    /SAFE_CAST/,
    'SAFE_CAST(user_id AS INT64)',
  ),
  wrong(
    'interval-operators',
    'ordered_at + INTERVAL 1 DAY',
    'INTERVAL',
    /TIMESTAMP_ADD/,
    'TIMESTAMP_ADD(ordered_at, INTERVAL 1 DAY)',
  ),
  wrong(
    'approximate',
    'APPROX_COUNT_DISTINCT(user_id) OVER ()',
    'APPROX',
    /not exact/,
    SUM_PER_USER,
  ),
  example('scripting', operations('IF TRUE THEN\n  SELECT 1;\nEND IF'), 'IF TRUE', /one query/),
  example(
    'scripting',
    operations('DECLARE x INT64'),
    'DECLARE',
    /DEFAULT/,
    operations('DECLARE x INT64 DEFAULT 1'),
  ),
  example(
    'create-function',
    operations('CREATE TEMP FUNCTION half(x INT64) AS (x / 2)'),
    'CREATE',
    /includes/,
  ),
  example(
    'execute-immediate',
    operations("EXECUTE IMMEDIATE 'SELECT 1'"),
    'EXECUTE',
    /placeholder/,
  ),
  example(
    'schema-change',
    model(
      'SELECT order_id FROM orders',
      'order_id',
      config(',\n  onSchemaChange: "EXTEND"', undefined, 'incremental'),
    ),
    'onSchemaChange',
    /full-refresh/,
  ),
  example('ml', model('SELECT order_id FROM ML.PREDICT(MODEL m, TABLE orders)'), 'ML', /function/),
  example(
    'information-schema',
    model('SELECT table_name AS order_id FROM d.INFORMATION_SCHEMA.TABLES'),
    'INFORMATION_SCHEMA',
    /ref/,
  ),
  example('system-variables', operations("SET @@time_zone = 'UTC'"), '@@', /@@time_zone/),
];
