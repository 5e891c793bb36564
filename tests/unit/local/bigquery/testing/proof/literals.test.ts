import { columnLiterals } from '@tributary/local/bigquery/testing/proof/literals';

test('finds what columns are compared with, given, or replaced by', () => {
  const found = columnLiterals([
    `SELECT 'imported' AS split_cause FROM t WHERE a.kind = 'order' AND status NOT IN ('x', r'y')`,
    `SELECT CASE kind WHEN 'visitor' THEN 1 END, COALESCE(t.issue, 'none') FROM t`,
    `SELECT LOWER(TRIM(platform)) IN ('google', 'bing'), kind != 'order'`,
  ]);
  expect(Object.fromEntries(found)).toEqual({
    split_cause: ['imported'],
    kind: ['order', 'visitor'],
    status: ['x', 'y'],
    issue: ['none'],
    platform: ['bing', 'google'],
  });
});

test('text that is put together is no value of a column', () => {
  expect(columnLiterals([`SELECT CONCAT('from ', currency, ' to ', day)`]).get('currency')).toBe(
    undefined,
  );
});
