import { unionParts, withSteps } from '@tributary/local/bigquery/testing/proof/with-steps';

test('a query is taken apart at its own WITH, not at those inside', () => {
  const sql = `-- first
WITH
a AS (SELECT ')' AS x), -- and (
\`b\` AS (
  WITH inner_one AS (SELECT 1 AS y) SELECT * FROM inner_one
)
SELECT * FROM a, b WHERE x IN (SELECT 'z')`;
  expect(withSteps(sql)).toEqual({
    steps: [
      { name: 'a', sql: "SELECT ')' AS x" },
      { name: 'b', sql: '\n  WITH inner_one AS (SELECT 1 AS y) SELECT * FROM inner_one\n' },
    ],
    last: "SELECT * FROM a, b WHERE x IN (SELECT 'z')",
  });
});

test.each([
  'SELECT 1',
  'WITH RECURSIVE a AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM a) SELECT * FROM a',
  'WITH a AS (SELECT 1',
])('%s is not taken apart', (sql) => {
  expect(withSteps(sql)).toBeUndefined();
});

test('a union is taken apart at its own UNION ALL', () => {
  const sql = 'SELECT 1 AS x UNION ALL\nSELECT * EXCEPT (y) FROM (SELECT 2 UNION ALL SELECT 3) t';
  expect(unionParts(sql)).toEqual([
    'SELECT 1 AS x ',
    '\nSELECT * EXCEPT (y) FROM (SELECT 2 UNION ALL SELECT 3) t',
  ]);
});

test.each([
  'SELECT 1',
  'SELECT 1 UNION ALL SELECT 2 UNION DISTINCT SELECT 2',
  'SELECT 1 AS x UNION ALL SELECT 2 ORDER BY x',
  'SELECT 1 AS x UNION ALL SELECT 2 LIMIT 1',
  '(SELECT 1) INTERSECT DISTINCT SELECT 2',
])('%s is no union of independent queries', (sql) => {
  expect(unionParts(sql)).toBeUndefined();
});
