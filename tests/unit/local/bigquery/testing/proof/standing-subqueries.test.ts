import { inSubqueries } from '@tributary/local/bigquery/testing/proof/standing-subqueries';

test('finds the outer subqueries of IN, not those in text', () => {
  const sql = `SELECT ' IN (SELECT 1)' FROM t -- IN (SELECT 2)
WHERE a IN (SELECT x FROM (SELECT f(y) AS x FROM u WHERE z IN (SELECT 3)))
  AND b NOT IN (SELECT y FROM v) AND c IN (1, 2)`;
  expect(inSubqueries(sql).map((it) => it.sql)).toEqual([
    'SELECT x FROM (SELECT f(y) AS x FROM u WHERE z IN (SELECT 3))',
    'SELECT y FROM v',
  ]);
  for (const { sql: text, start, end } of inSubqueries(sql))
    expect(sql.slice(start, end)).toBe(text);
});
