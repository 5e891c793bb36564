import { addSemanticTables, show } from './semantics';
import type { Rows } from './workbench';
import { Workbench } from './workbench';

/** Queries on which DuckDB must answer as Google's reference engine does. */
const QUERIES: Readonly<Record<string, readonly string[]>> = {
  order: [
    'SELECT id, x FROM n ORDER BY x, id',
    'SELECT id, x FROM n ORDER BY x DESC, id DESC',
    'SELECT id, x FROM n ORDER BY x ASC NULLS LAST, id',
    'SELECT id, k FROM n ORDER BY k DESC NULLS FIRST, id',
    'SELECT k AS kk FROM n ORDER BY id LIMIT 3 OFFSET 1',
    'SELECT id AS k, k AS id FROM n ORDER BY id, k',
    'SELECT * FROM (SELECT id FROM n ORDER BY id DESC LIMIT 2) ORDER BY id',
    'SELECT d, id FROM n ORDER BY d DESC, id LIMIT 4',
    'SELECT id FROM n WHERE id < 3 UNION ALL SELECT id FROM n WHERE id > 5 ORDER BY 1 DESC',
    'SELECT DISTINCT k FROM n ORDER BY k',
    'SELECT id FROM n ORDER BY IF(k IS NULL, 1, 0), k, id DESC',
  ],
  join: [
    'SELECT a.id, b.id AS bid FROM n a JOIN n b ON a.k = b.k ORDER BY 1, 2',
    'SELECT a.id, b.id AS bid FROM n a LEFT JOIN n b ON a.x = b.x AND b.v > 0 ORDER BY 1, 2',
    'SELECT a.id, b.id AS bid FROM n a RIGHT JOIN l b ON a.id = b.id + 5 ORDER BY 1, 2',
    'SELECT a.id, b.id AS bid FROM n a FULL JOIN l b ON a.id = b.id + 5 ORDER BY 1, 2',
    'SELECT id, v, tags FROM n JOIN l USING (id) ORDER BY id',
    'SELECT id, v FROM n FULL JOIN (SELECT id + 5 AS id FROM l) USING (id) ORDER BY id',
    'SELECT * FROM (SELECT id, k FROM n) LEFT JOIN (SELECT id, tags FROM l) USING (id) ORDER BY id',
    'SELECT COUNT(*) AS c FROM n, l',
    'SELECT COUNT(*) AS c FROM n CROSS JOIN e',
    'SELECT n.id, e.k FROM n LEFT JOIN e ON TRUE ORDER BY 1',
    'SELECT a.id FROM n a JOIN n b ON a.x = b.x ORDER BY 1',
    'SELECT a.id, b.id AS bid FROM n a JOIN n b ON a.x IS NOT DISTINCT FROM b.x AND a.id < b.id ORDER BY 1, 2',
    'SELECT a.id FROM n a JOIN (SELECT k, MAX(id) AS id FROM n GROUP BY k) b USING (k, id) ORDER BY 1',
    'SELECT a.id, b.v FROM n a LEFT JOIN n b ON b.id = (a.id + 1) WHERE b.v IS NULL ORDER BY 1',
  ],
  filter: [
    'SELECT id FROM n WHERE k IN ("a", NULL) ORDER BY 1',
    'SELECT id FROM n WHERE k NOT IN ("a", NULL) ORDER BY 1',
    'SELECT id FROM n WHERE k NOT IN ("a") ORDER BY 1',
    'SELECT id FROM n WHERE k NOT IN (SELECT k FROM n WHERE id = 4) ORDER BY 1',
    'SELECT id FROM n WHERE k IN (SELECT k FROM n WHERE id IN (1, 4)) ORDER BY 1',
    'SELECT id FROM n WHERE id IN UNNEST([1, 3, NULL]) ORDER BY 1',
    'SELECT id, k IN (SELECT k FROM n WHERE id IN (1, 4)) AS b FROM n ORDER BY 1',
    'SELECT id, v NOT IN (SELECT v FROM n WHERE id > 3) AS b FROM n ORDER BY 1',
    'SELECT id, x IN (SELECT x FROM n WHERE id < 3) AS b FROM n ORDER BY 1',
    'SELECT id, x NOT IN (SELECT x FROM n WHERE id IN (2, 4)) AS b FROM n ORDER BY 1',
    'SELECT id, x IN (1.5, CAST("nan" AS FLOAT64), 0) AS b FROM n ORDER BY 1',
    'SELECT id FROM n WHERE x > 0 ORDER BY 1',
    'SELECT id FROM n WHERE NOT (x > 0) ORDER BY 1',
    'SELECT id FROM n WHERE x <> x ORDER BY 1',
    'SELECT id FROM n WHERE x BETWEEN -1 AND 1 ORDER BY 1',
    'SELECT id FROM n WHERE b OR v > 20 ORDER BY 1',
    'SELECT id, b IS NOT TRUE AS t, b IS NOT FALSE AS f FROM n ORDER BY 1',
    'SELECT id FROM n WHERE EXISTS (SELECT 1 FROM l WHERE l.id = n.id) ORDER BY 1',
    'SELECT id FROM n WHERE NOT EXISTS (SELECT 1 FROM n m WHERE m.k = n.k AND m.id <> n.id) ORDER BY 1',
    'SELECT id FROM n WHERE (k, v) IN (("a", 10), ("b", 30)) ORDER BY 1',
    'SELECT id FROM n WHERE CASE k WHEN "a" THEN TRUE WHEN "b" THEN NULL END ORDER BY 1',
  ],
  subquery: [
    'SELECT id, (SELECT MAX(v) FROM n m WHERE m.id < n.id) AS prev FROM n ORDER BY 1',
    'SELECT id, (SELECT k FROM n m WHERE m.id = n.id + 1) AS next FROM n ORDER BY 1',
    'SELECT (SELECT v FROM n WHERE id = 99) AS none',
    'SELECT id, (SELECT COUNT(*) FROM l WHERE l.id = n.id) AS c FROM n ORDER BY 1',
    'SELECT id, (SELECT AS STRUCT k, v FROM n m WHERE m.id = n.id) AS s FROM n ORDER BY 1',
    'SELECT id, ARRAY(SELECT m.id FROM n m WHERE m.v < n.v ORDER BY m.id DESC) AS a FROM n ORDER BY 1',
    'SELECT id, ARRAY(SELECT m.k FROM n m WHERE m.k IS NOT NULL ORDER BY m.v DESC, m.id LIMIT 2) AS a FROM n ORDER BY 1',
    'SELECT ARRAY(SELECT id FROM n WHERE FALSE) AS a',
    'SELECT ARRAY(SELECT AS STRUCT id, k FROM n ORDER BY k, id LIMIT 2) AS a',
    'SELECT (SELECT SUM(v) FROM n) - v AS rest FROM n WHERE v IS NOT NULL ORDER BY id',
    'SELECT id FROM n WHERE v = (SELECT MAX(v) FROM n) ORDER BY 1',
    'SELECT id, EXISTS (SELECT 1 FROM n m WHERE m.v > n.v) AS b FROM n ORDER BY 1',
    'SELECT id, (SELECT STRING_AGG(m.k, "," ORDER BY m.id) FROM n m WHERE m.id <= n.id) AS s FROM n ORDER BY 1',
  ],
  unnest: [
    'SELECT id, t FROM l, UNNEST(tags) AS t ORDER BY id, t',
    'SELECT id, t FROM l CROSS JOIN l.tags AS t ORDER BY id, t',
    'SELECT id, t, o FROM l LEFT JOIN UNNEST(tags) AS t WITH OFFSET AS o ORDER BY id, o',
    'SELECT id, t, o FROM l LEFT JOIN UNNEST(tags) AS t WITH OFFSET AS o ON t = "x" ORDER BY id, o',
    'SELECT id, sku, price * qty AS total FROM l, UNNEST(items) ORDER BY id, sku',
    'SELECT id, i.sku, o FROM l, UNNEST(items) AS i WITH OFFSET AS o ORDER BY id, o DESC',
    'SELECT id, (SELECT sku FROM UNNEST(items) WHERE qty = 1) AS sku FROM l ORDER BY 1',
    'SELECT id, (SELECT price FROM UNNEST(items) WHERE sku = "p" LIMIT 1) AS p FROM l ORDER BY 1',
    'SELECT id, ARRAY(SELECT UPPER(t) FROM UNNEST(tags) AS t) AS a FROM l ORDER BY 1',
    'SELECT id, ARRAY(SELECT t FROM UNNEST(tags) AS t WHERE t <> "x") AS a FROM l ORDER BY 1',
    'SELECT id, ARRAY(SELECT DISTINCT t FROM UNNEST(tags) AS t ORDER BY t) AS a FROM l ORDER BY 1',
    'SELECT id, ARRAY(SELECT t FROM UNNEST(tags) AS t WITH OFFSET AS o WHERE o > 0 ORDER BY o) AS a FROM l ORDER BY 1',
    'SELECT id, ARRAY(SELECT t FROM UNNEST(tags) AS t WITH OFFSET AS o ORDER BY o DESC) AS a FROM l ORDER BY 1',
    'SELECT id, ARRAY(SELECT AS STRUCT sku, qty + 1 AS q FROM UNNEST(items) ORDER BY sku) AS a FROM l ORDER BY 1',
    'SELECT id, EXISTS (SELECT 1 FROM UNNEST(items) WHERE price > 2) AS b FROM l ORDER BY 1',
    'SELECT id, EXISTS (SELECT 1 FROM UNNEST(tags)) AS b FROM l ORDER BY 1',
    'SELECT id, (SELECT SUM(price * qty) FROM UNNEST(items)) AS t FROM l ORDER BY 1',
    'SELECT id, (SELECT COUNT(*) FROM UNNEST(tags) AS t WHERE t = "x") AS c FROM l ORDER BY 1',
    'SELECT id, (SELECT MAX(x) FROM UNNEST(nums) AS x) AS m, (SELECT MIN(x) FROM UNNEST(nums) AS x) AS mi FROM l ORDER BY 1',
    'SELECT id, (SELECT COUNTIF(qty > 1) FROM UNNEST(items)) AS c FROM l ORDER BY 1',
    'SELECT id, (SELECT STRING_AGG(t, "-" ORDER BY t) FROM UNNEST(tags) AS t) AS s FROM l ORDER BY 1',
    'SELECT id, ARRAY(SELECT n.k FROM UNNEST(nums) AS x JOIN n ON n.id = x ORDER BY n.id) AS ks FROM l ORDER BY 1',
    'SELECT id, ARRAY(SELECT x FROM UNNEST(nums) AS x WHERE EXISTS (SELECT 1 FROM n WHERE n.id = x) ORDER BY x) AS a FROM l ORDER BY 1',
    'SELECT x, y FROM UNNEST([1, 2]) AS x, UNNEST([x, x * 10]) AS y ORDER BY x, y',
    'SELECT a, b FROM UNNEST([STRUCT(1 AS a, "x" AS b), (2, NULL)]) ORDER BY a',
    'SELECT * FROM UNNEST([STRUCT(1 AS a, [1, 2] AS b)])',
    'SELECT COUNT(*) AS c FROM UNNEST(CAST(NULL AS ARRAY<INT64>))',
    'SELECT t, COUNT(*) AS c FROM l, UNNEST(tags) AS t GROUP BY t ORDER BY t',
    'SELECT id FROM l WHERE "x" IN UNNEST(tags) ORDER BY id',
    'SELECT id FROM l WHERE "x" NOT IN UNNEST(tags) ORDER BY id',
    'SELECT l.id, i.sku, t FROM l LEFT JOIN UNNEST(l.items) AS i LEFT JOIN UNNEST(l.tags) AS t ORDER BY 1, 2, 3',
  ],
  struct: [
    'SELECT id, s.a, s.b.c FROM l ORDER BY id',
    'SELECT s FROM l ORDER BY id',
    'SELECT s IS NULL AS i, s.b IS NULL AS j FROM l ORDER BY id',
    'SELECT STRUCT(1, "x") AS s',
    'SELECT STRUCT(1 AS a, 2 AS a) AS s',
    'SELECT STRUCT<x INT64, y FLOAT64>(1, 2) AS s',
    'SELECT CAST(STRUCT(1 AS a, 2 AS b) AS STRUCT<b FLOAT64, a STRING>) AS s',
    'SELECT CAST(NULL AS STRUCT<a INT64>) AS s',
    'SELECT [STRUCT(1 AS a), STRUCT(2)] AS l',
    'SELECT (SELECT AS STRUCT * FROM n WHERE id = 1).k AS k',
    'SELECT STRUCT(1 AS a, "x" AS b) = STRUCT(1 AS a, "x" AS b) AS e, STRUCT(1 AS a) <> STRUCT(2 AS b) AS f',
    'SELECT STRUCT(1, NULL) = STRUCT(1, NULL) AS a, STRUCT(1, NULL) = STRUCT(2, NULL) AS b',
    'SELECT n FROM n WHERE id = 3',
    'SELECT COUNT(DISTINCT k) AS c, COUNT(k) AS d FROM n',
    'SELECT ARRAY_AGG(n ORDER BY id LIMIT 1)[OFFSET(0)].* FROM n',
  ],
  aggregate: [
    'SELECT k, COUNT(*) AS c, SUM(v) AS s, AVG(v) AS a, MIN(d) AS mi, MAX(d) AS ma FROM n GROUP BY k ORDER BY k',
    'SELECT SUM(v) AS s, COUNT(v) AS c, AVG(x) AS a, MAX(n.k) AS k FROM e JOIN n ON FALSE',
    'SELECT k, SUM(v) AS s FROM n GROUP BY k HAVING SUM(v) > 10 ORDER BY k',
    'SELECT COUNT(*) AS c FROM e',
    'SELECT k FROM e GROUP BY k',
    'SELECT 1 AS one FROM n GROUP BY k HAVING k = "a"',
    'SELECT x, COUNT(*) AS c FROM n GROUP BY x ORDER BY x',
    'SELECT MIN(x) AS mi, MAX(x) AS ma FROM n WHERE x = x',
    'SELECT MIN(x) AS mi, MAX(x) AS ma FROM n',
    'SELECT SUM(m) AS s, AVG(m) AS a, MIN(m) AS mi FROM n',
    'SELECT k, ARRAY_AGG(v IGNORE NULLS ORDER BY v DESC, id LIMIT 2) AS a FROM n GROUP BY k ORDER BY k',
    'SELECT ARRAY_AGG(id ORDER BY x DESC, id) AS a FROM n',
    'SELECT ARRAY_AGG(DISTINCT v IGNORE NULLS ORDER BY v) AS a FROM n',
    'SELECT STRING_AGG(k, "|" ORDER BY k DESC) AS s, STRING_AGG(DISTINCT k ORDER BY k) AS t FROM n',
    'SELECT ARRAY_AGG(v IGNORE NULLS) AS a FROM e JOIN n ON FALSE',
    'SELECT COUNT(DISTINCT v) AS c, SUM(DISTINCT v) AS s FROM n',
    'SELECT COUNTIF(v > 5) AS c, LOGICAL_OR(b) AS o, LOGICAL_AND(b) AS a FROM n',
    'SELECT ANY_VALUE(k HAVING MAX v) AS k FROM n WHERE id <> 5',
    'SELECT ARRAY_CONCAT_AGG(nums ORDER BY id) AS a FROM l',
    'SELECT DATE_TRUNC(d, MONTH) AS mo, COUNT(*) AS c FROM n GROUP BY mo ORDER BY mo',
    'SELECT DISTINCT b, k IS NULL AS i FROM n ORDER BY b, i',
    'SELECT k, v FROM n GROUP BY k, v ORDER BY k, v',
  ],
  window: [
    'SELECT id, SUM(v) OVER (ORDER BY v) AS s FROM n ORDER BY id',
    'SELECT id, SUM(v) OVER (ORDER BY v, id ROWS 1 PRECEDING) AS s FROM n ORDER BY id',
    'SELECT id, COUNT(*) OVER (ORDER BY v RANGE BETWEEN 10 PRECEDING AND CURRENT ROW) AS c FROM n ORDER BY id',
    'SELECT id, COUNT(*) OVER (ORDER BY v DESC RANGE BETWEEN 10 PRECEDING AND 10 FOLLOWING) AS c FROM n ORDER BY id',
    'SELECT id, RANK() OVER (ORDER BY x) AS r, DENSE_RANK() OVER (ORDER BY k DESC) AS d FROM n ORDER BY id',
    'SELECT id, LAG(v) OVER (ORDER BY id) AS a, LEAD(v, 2, -1) OVER (ORDER BY id) AS b FROM n ORDER BY id',
    'SELECT id, FIRST_VALUE(v) OVER (PARTITION BY k ORDER BY id) AS f, LAST_VALUE(v) OVER (PARTITION BY k ORDER BY id) AS l FROM n ORDER BY id',
    'SELECT id, LAST_VALUE(v IGNORE NULLS) OVER (ORDER BY id) AS l FROM n ORDER BY id',
    'SELECT id, FIRST_VALUE(v IGNORE NULLS) OVER (ORDER BY id ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS l FROM n ORDER BY id',
    'SELECT id, NTH_VALUE(v, 2) OVER (ORDER BY id) AS l FROM n ORDER BY id',
    'SELECT id, AVG(v) OVER (PARTITION BY k) AS a, MAX(id) OVER () AS m FROM n ORDER BY id',
    'SELECT id, COUNT(DISTINCT k) OVER () AS c FROM n ORDER BY id',
    'SELECT id, ROW_NUMBER() OVER (ORDER BY k, id) AS r FROM n QUALIFY r <= 3 ORDER BY id',
    'SELECT id FROM n QUALIFY ROW_NUMBER() OVER (PARTITION BY k ORDER BY id DESC) = 1 ORDER BY id',
    'SELECT id FROM n WHERE v > 0 QUALIFY RANK() OVER (ORDER BY v DESC) = 1 ORDER BY id',
    'SELECT k, SUM(SUM(v)) OVER (ORDER BY k) AS s FROM n GROUP BY k ORDER BY k',
    'SELECT id, SUM(v) OVER w AS s, COUNT(*) OVER (w ROWS UNBOUNDED PRECEDING) AS c FROM n WINDOW w AS (PARTITION BY b ORDER BY id) ORDER BY id',
    'SELECT id, NTILE(3) OVER (ORDER BY id) AS t, PERCENT_RANK() OVER (ORDER BY v) AS p, CUME_DIST() OVER (ORDER BY v) AS c FROM n ORDER BY id',
    'SELECT id, ARRAY_AGG(id) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING) AS a FROM n ORDER BY id',
    'SELECT id, SUM(v) OVER (ORDER BY id ROWS BETWEEN 2 FOLLOWING AND 3 FOLLOWING) AS s FROM n ORDER BY id',
    'SELECT id, COUNT(*) OVER (ORDER BY m DESC RANGE BETWEEN UNBOUNDED PRECEDING AND 1 FOLLOWING) AS c FROM n ORDER BY id',
    'SELECT id, COUNT(*) OVER (ORDER BY x DESC RANGE UNBOUNDED PRECEDING) AS c FROM n ORDER BY id',
    'SELECT id, MAX(x) OVER (ORDER BY id) AS s FROM n WHERE x = x ORDER BY id',
    'SELECT id, LOGICAL_OR(b) OVER (ORDER BY id) AS s, COUNTIF(b) OVER (ORDER BY id) AS c FROM n ORDER BY id',
    'SELECT id, PERCENTILE_CONT(v, 0.5) OVER (PARTITION BY k) AS s, PERCENTILE_DISC(v, 0.5) OVER () AS c FROM n ORDER BY id',
  ],
  setOperation: [
    'SELECT k FROM n UNION DISTINCT SELECT k FROM n ORDER BY k',
    'SELECT v FROM n INTERSECT DISTINCT SELECT 40 ORDER BY v',
    'SELECT v FROM n EXCEPT DISTINCT SELECT v FROM n WHERE v = 40 ORDER BY v',
    'SELECT 1 AS a, NULL AS b UNION ALL SELECT 2, "x" ORDER BY a',
    'SELECT 1 AS a UNION ALL SELECT 2.5 ORDER BY a',
    'SELECT 1 AS a UNION ALL (SELECT 2 UNION ALL SELECT 3 LIMIT 1) ORDER BY a',
    '(SELECT id FROM n ORDER BY id LIMIT 1) UNION ALL (SELECT id FROM n ORDER BY id DESC LIMIT 1) ORDER BY 1',
    'SELECT id, id AS id2 FROM n UNION ALL SELECT v, v FROM n ORDER BY 1, 2',
    'SELECT STRUCT(1 AS a) AS s UNION ALL SELECT STRUCT(2 AS b)',
    'SELECT x FROM n UNION DISTINCT SELECT x FROM n ORDER BY x',
    'SELECT DATE "2024-01-01" AS d UNION ALL SELECT d FROM n ORDER BY d',
    'SELECT 1 AS a EXCEPT DISTINCT SELECT NULL',
    'SELECT NULL AS a INTERSECT DISTINCT SELECT NULL',
  ],
  with: [
    'WITH a AS (SELECT 1 AS x), b AS (SELECT x + 1 AS x FROM a) SELECT a.x AS ax, b.x AS bx FROM a, b',
    'WITH a AS (SELECT id, id AS id2 FROM n) SELECT id2 FROM a ORDER BY id2',
    'WITH a AS (SELECT 1 AS x) SELECT (WITH a AS (SELECT 2 AS x) SELECT x FROM a) AS y, x FROM a',
    'WITH n AS (SELECT 5 AS id) SELECT id FROM n',
    'WITH a AS (SELECT id FROM n) SELECT COUNT(*) AS c FROM a x JOIN a y ON x.id < y.id',
    'SELECT * FROM (WITH q AS (SELECT id FROM n) SELECT id FROM q WHERE id < 3) ORDER BY id',
    'WITH RECURSIVE r AS (SELECT 1 AS i, "a" AS s UNION ALL SELECT i + 1, CONCAT(s, "b") FROM r WHERE i < 4) SELECT * FROM r ORDER BY i',
    'WITH RECURSIVE r AS (SELECT 1 AS i UNION DISTINCT SELECT MOD(i + 1, 3) FROM r) SELECT * FROM r ORDER BY i',
    'WITH RECURSIVE a AS (SELECT 1 AS x), r AS (SELECT x FROM a UNION ALL SELECT x * 2 FROM r WHERE x < 20) SELECT SUM(x) AS s FROM r',
    'WITH a AS (SELECT v, v AS w FROM n) SELECT w FROM a WHERE v = w ORDER BY w',
  ],
  expression: [
    'SELECT IF(NULL, 1, 2) AS a, IFNULL(NULL, 3) AS b, NULLIF(1, 1) AS c, COALESCE(NULL, NULL, 4) AS d',
    'SELECT 0.1 + 0.2 AS a, 1e300 * 10 AS b, -5 AS c, 9223372036854775807 AS d, -9223372036854775808 AS e',
    'SELECT TRUE AND NULL AS a, FALSE AND NULL AS b, TRUE OR NULL AS c, NOT CAST(NULL AS BOOL) AS d',
    'SELECT "it\'s" AS a, "tab\\t" AS b, r"\\d" AS c, b"\\x00\\xff" AS d, "üñ" AS e, "" AS f',
    'SELECT DATE "0001-01-01" AS a, DATE "9999-12-31" AS b, TIMESTAMP "1969-12-31 23:59:59.999999+00" AS c',
    'SELECT DATETIME "2024-01-31 10:11:12.123456" AS a, TIME "23:59:59.5" AS b, TIMESTAMP "2024-03-31 02:30:00 Europe/Berlin" AS c',
    'SELECT NUMERIC "-99999999999999999999999999999.999999999" AS a, NUMERIC "0.000000001" AS b',
    'SELECT JSON \'{"a": [1, 2.5, null], "b": "x"}\' AS j',
    'SELECT [1, 2, NULL][OFFSET(1)] AS a, ARRAY_LENGTH([1, NULL]) AS b',
    'SELECT CAST(1.5 AS INT64) AS a, CAST(-2.5 AS INT64) AS b, CAST("12" AS INT64) AS c, SAFE_CAST("x" AS INT64) AS d',
    'SELECT CAST(TRUE AS STRING) AS a, CAST(1.0 AS STRING) AS b, CAST(NUMERIC "1.50" AS STRING) AS c',
    'SELECT SAFE.LN(-1) AS a, SAFE.SUBSTR("abc", -2, 1) AS b',
    'SELECT CASE WHEN NULL THEN 1 WHEN 1 = 1 THEN 2 END AS a, CASE NULL WHEN NULL THEN 1 ELSE 2 END AS b',
    'SELECT x, CAST(x AS STRING) AS s FROM n ORDER BY id',
    'SELECT id, x = x AS e, x < 1 AS l, x IS NULL AS i FROM n ORDER BY id',
    'SELECT k, k LIKE "%" AS a, k LIKE "_" AS b FROM n ORDER BY id',
  ],
  reshape: [
    'SELECT * FROM (SELECT k, b, v FROM n) PIVOT(SUM(v) AS s, COUNT(*) AS c FOR k IN ("a", "b")) ORDER BY b',
    'SELECT * FROM (SELECT id, v, CAST(x AS INT64) AS w FROM n WHERE id IN (1, 2, 6)  AND x = x) UNPIVOT(val FOR name IN (v, w)) ORDER BY id, name',
    'SELECT * FROM (SELECT id, v, id AS w FROM n) UNPIVOT INCLUDE NULLS (val FOR name IN (v AS "vv", w AS "ww")) ORDER BY name, val',
    'SELECT * FROM (SELECT id, k, v, v + 1 AS w FROM n) UNPIVOT INCLUDE NULLS (val FOR name IN (v, w)) ORDER BY id, name',
    'SELECT * EXCEPT (x, d, b, m) FROM n ORDER BY id',
    'SELECT * REPLACE (id * 2 AS id) FROM (SELECT id, k FROM n) ORDER BY id',
    'SELECT n.* FROM n JOIN l USING (id) ORDER BY id',
    'SELECT items.sku FROM l, l.items ORDER BY 1',
    'SELECT ARRAY(SELECT sku FROM UNNEST(items)) AS skus FROM l ORDER BY id',
  ],
};

/** Statements that both engines must refuse when they run. */
const FAILURES: readonly string[] = [
  'SELECT (SELECT id FROM n) AS x',
  'SELECT id, (SELECT m.id FROM n m WHERE m.id > n.id) AS x FROM n',
  'SELECT (SELECT t FROM UNNEST(tags) AS t) AS x FROM l',
  'SELECT 1 / (id - id) AS x FROM n',
  'SELECT [1, 2][OFFSET(5)] AS x',
  'SELECT CAST(k AS INT64) AS x FROM n',
  'SELECT 9223372036854775807 + id AS x FROM n',
];

let bench: Workbench;
beforeAll(async () => {
  bench = await Workbench.open();
  await addSemanticTables(bench);
});
afterAll(() => bench.close());

const text = ({ columns, rows }: Rows, named: boolean): string[] => [
  named ? columns.map(({ name }) => name).join(' ') : '',
  ...rows.map((row) => row.map((cell, i) => showCell(cell, columns[i]?.type.kind)).join(' | ')),
];

const showCell = (cell: Parameters<typeof show>[0], kind: string | undefined): string =>
  cell === null && kind === 'ARRAY' ? '[]' : show(cell);

for (const [topic, queries] of Object.entries(QUERIES)) {
  describe(topic, () => {
    test.each(queries)('%s', async (sql) => {
      const want = await bench.reference(sql);
      const got = await bench.run(sql);
      const named = want.columns.every(({ name }) => name !== '' && !name.startsWith('$'));
      expect(text(got, named)).toEqual(text(want, named));
      expect(got.columns.map(({ type }) => type)).toEqual(want.columns.map(({ type }) => type));
    });
  });
}

describe('errors', () => {
  test.each(FAILURES)('%s', async (sql) => {
    await expect(bench.reference(sql)).rejects.toThrow();
    await expect(bench.run(sql)).rejects.toThrow();
  });
});
