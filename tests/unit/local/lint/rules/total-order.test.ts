import { type Analyzer, startAnalyzer } from '@tributary/local/bigquery/sql/analyzer';
import { parseType } from '@tributary/local/bigquery/sql/types';
import { Relations } from '@tributary/local/lint/analysis/relations';
import { offsetAt } from '@tributary/local/lint/problem';
import { totalOrder } from '@tributary/local/lint/rules/total-order';
import { SqlText } from '@tributary/local/lint/sqlx/sql-text';

const TABLES = {
  orders: ['order_id', 'user_id', 'day', 'amount'],
  users: ['user_id', 'name', 'day'],
  lines: ['order_id', 'line_number', 'product_id'],
};
const KEYS: Readonly<Record<string, string[][]>> = {
  orders: [['order_id']],
  users: [['user_id']],
  lines: [['order_id', 'line_number']],
};

let analyzer: Analyzer;
beforeAll(async () => {
  analyzer = await startAnalyzer();
});
afterAll(() => analyzer.close());

/** What the rule says of a query; each place as the text that stands there. */
async function check(query: string): Promise<string[]> {
  const tables = Object.entries(TABLES).map(([table, columns]) => ({
    segments: [table],
    entry: {
      path: { project: 'p', dataset: 'd', table },
      kind: 'TABLE' as const,
      columns: columns.map((name) => ({ name, type: parseType('STRING') })),
    },
  }));
  const resolved = await analyzer.analyze(query, { tables });
  const sql = new SqlText(query, 'm.sqlx', undefined, []);
  const relations = new Relations(resolved, (table) => KEYS[table] ?? []);
  const found: string[] = [];
  totalOrder.statement?.(
    {
      ...{ action: 'm', kind: 'table', isIncremental: false, resolved, sql },
      ...{ start: 0, end: query.length },
      offsetOf: ({ line, column }) => offsetAt(query, line, column),
    },
    (offset, message) => found.push(`${/^\w+/.exec(query.slice(offset))?.[0]}: ${message}`),
    { relations: () => relations, partitionColumn: () => undefined },
  );
  return found;
}

const total = [
  'SELECT ROW_NUMBER() OVER (ORDER BY order_id) AS n, amount FROM orders',
  'SELECT LAG(amount) OVER (PARTITION BY user_id ORDER BY day, order_id) AS n FROM orders',
  // The whole key stands in partition and order together.
  'SELECT ROW_NUMBER() OVER (PARTITION BY order_id ORDER BY line_number) AS n, product_id FROM lines',
  // Peers share a rank; a sum over peers or over everything has no order.
  'SELECT RANK() OVER (ORDER BY day) AS n, order_id FROM orders',
  'SELECT COUNT(*) OVER (ORDER BY day) AS n, order_id FROM orders',
  // The value is fixed by the order itself.
  'SELECT FIRST_VALUE(day) OVER (PARTITION BY user_id ORDER BY day) AS n, order_id FROM orders',
  'SELECT STRING_AGG(day ORDER BY day) AS n FROM orders GROUP BY user_id',
  // Rows that tie are the same rows.
  'SELECT user_id, day FROM orders QUALIFY ROW_NUMBER() OVER (PARTITION BY user_id ORDER BY day) = 1',
  'SELECT amount FROM orders AS o QUALIFY ROW_NUMBER() OVER (PARTITION BY user_id ORDER BY TO_JSON_STRING(o)) = 1',
  // Grouping, DISTINCT and row numbers make keys.
  'WITH a AS (SELECT user_id, MAX(day) AS day, COUNT(*) AS c FROM orders GROUP BY user_id) SELECT ROW_NUMBER() OVER (ORDER BY user_id) AS n, c FROM a',
  'WITH a AS (SELECT DISTINCT user_id, day FROM orders) SELECT LEAD(day) OVER (ORDER BY user_id, day) AS n FROM a',
  'WITH a AS (SELECT user_id, amount, ROW_NUMBER() OVER (PARTITION BY user_id ORDER BY order_id) AS k FROM orders), b AS (SELECT user_id, amount FROM a WHERE k = 1) SELECT LAG(amount) OVER (ORDER BY user_id) AS n FROM b',
  // A join over the other side's key adds no rows.
  'SELECT LAG(name) OVER (ORDER BY order_id) AS n FROM orders JOIN users ON users.user_id = orders.user_id',
  'SELECT LAG(name) OVER (ORDER BY order_id) AS n FROM orders LEFT JOIN users ON users.user_id = orders.user_id',
  // A hash of a key is a key.
  "WITH a AS (SELECT TO_HEX(MD5(CONCAT('o|', order_id))) AS id, amount FROM orders) SELECT LAG(amount) OVER (ORDER BY id) AS n FROM a",
  // A constant in each part of a union tells them apart.
  "WITH a AS (SELECT 'o' AS kind, order_id AS id, amount AS v FROM orders UNION ALL SELECT 'u', user_id, name FROM users) SELECT LAG(v) OVER (ORDER BY kind, id) AS n FROM a",
  // Arrays and limits: a key, the values themselves, one row, or rows that only exist.
  'SELECT ARRAY(SELECT order_id FROM orders ORDER BY order_id) AS n',
  'SELECT ARRAY(SELECT AS STRUCT day, amount FROM orders ORDER BY amount, day) AS n',
  'SELECT ARRAY(SELECT amount FROM orders ORDER BY day, order_id LIMIT 3) AS n',
  'SELECT ARRAY(SELECT MAX(amount) FROM orders) AS n',
  "SELECT ARRAY(SELECT UPPER(x) FROM UNNEST(SPLIT('a,b')) AS x WITH OFFSET AS i ORDER BY i) AS n",
  'SELECT ARRAY(WITH a AS (SELECT order_id FROM orders) SELECT order_id FROM a ORDER BY 1) AS n',
  'SELECT (SELECT amount FROM orders ORDER BY day, order_id LIMIT 1) AS n',
  'SELECT EXISTS (SELECT amount FROM orders LIMIT 1) AS n',
  'SELECT amount FROM orders LIMIT 0',
  'SELECT amount FROM orders ORDER BY amount LIMIT 10',
  // Rows that are written out.
  "SELECT LAG(b) OVER (ORDER BY a) AS n FROM UNNEST([STRUCT('x' AS a, '1' AS b), STRUCT('y', '1')])",
];

const open = [
  ['LAG', 'SELECT LAG(amount) OVER (PARTITION BY user_id ORDER BY day) AS n FROM orders'],
  [
    'ROW_NUMBER',
    'SELECT order_id FROM orders QUALIFY ROW_NUMBER() OVER (PARTITION BY user_id ORDER BY day) = 1',
  ],
  [
    'SUM',
    'SELECT SUM(LENGTH(amount)) OVER (ORDER BY day ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS n FROM orders',
  ],
  ['ROW_NUMBER', 'SELECT ROW_NUMBER() OVER () AS n, order_id FROM orders'],
  ['STRING_AGG', 'SELECT STRING_AGG(amount ORDER BY day) AS n FROM orders GROUP BY user_id'],
  // The same rows, but with another row before them.
  ['LAG', 'SELECT day, LAG(amount) OVER (ORDER BY day) AS n FROM orders'],
  // Arrays and limits; UNNEST without its offset has no order either.
  ['ARRAY', 'SELECT ARRAY(SELECT order_id FROM orders) AS n'],
  ['ARRAY', 'SELECT ARRAY(SELECT order_id FROM orders ORDER BY day) AS n'],
  ['ARRAY', 'SELECT ARRAY(SELECT AS STRUCT order_id FROM orders ORDER BY day) AS n'],
  ['ARRAY', "SELECT ARRAY(SELECT UPPER(x) FROM UNNEST(SPLIT('a,b')) AS x) AS n"],
  [
    'ARRAY',
    'SELECT ARRAY(SELECT amount FROM (SELECT amount FROM orders ORDER BY order_id LIMIT 2)) AS n',
  ],
  ['3', 'SELECT ARRAY(SELECT order_id FROM orders ORDER BY amount LIMIT 3) AS n'],
  ['1', 'SELECT (SELECT order_id FROM orders ORDER BY amount LIMIT 1) AS n'],
  ['10', 'SELECT order_id FROM orders ORDER BY amount LIMIT 10'],
  ['10', 'SELECT order_id FROM orders LIMIT 10'],
  // Each order may have several lines.
  [
    'LAG',
    'SELECT LAG(amount) OVER (ORDER BY orders.order_id) AS n FROM orders JOIN lines ON lines.order_id = orders.order_id',
  ],
  // The union's parts may hold the same id.
  [
    'LAG',
    'WITH a AS (SELECT order_id AS id, amount AS v FROM orders UNION ALL SELECT user_id, name FROM users) SELECT LAG(v) OVER (ORDER BY id) AS n FROM a',
  ],
] as const;

test.each(total)('total: %s', async (query) => {
  expect(await check(query)).toEqual([]);
});

test.each(open)('not total: %s in %s', async (name, query) => {
  const found = await check(query);
  expect(found).toHaveLength(1);
  expect(found[0]).toMatch(new RegExp(`^${name}: `));
});

test('of several calls the right one is named, with the column that would help', async () => {
  const query = `WITH a AS (SELECT user_id FROM users)
SELECT LAG(amount) OVER (ORDER BY order_id) AS x, LAG(day) OVER (ORDER BY day) AS y FROM orders`;
  const found = await check(query);
  expect(found).toEqual([expect.stringMatching(/^LAG: .*add order_id to its ORDER BY/)]);
});

test('the order of a named window is said where it is defined', async () => {
  const query = 'SELECT LAG(amount) OVER w AS x, order_id FROM orders WINDOW w AS (ORDER BY day)';
  expect(await check(query)).toEqual([expect.stringMatching(/^w: /)]);
});
