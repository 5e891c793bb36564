import { type Analyzer, startAnalyzer } from '@tributary/local/bigquery/sql/analyzer';
import type { Column } from '@tributary/local/bigquery/sql/catalog';
import { parseType } from '@tributary/local/bigquery/sql/types';
import { separableTables } from '@tributary/local/bigquery/testing/proof/separable';
import { slices } from '@tributary/local/bigquery/testing/proof/slices';

let analyzer: Analyzer;
beforeAll(async () => {
  analyzer = await startAnalyzer();
});
afterAll(() => analyzer.close());

const columns: readonly Column[] = Object.entries({
  k: 'STRING',
  v: 'INT64',
  list: 'ARRAY<INT64>',
}).map(([name, type]) => ({ name, type: parseType(type) }));

const entryOf = (table: string) => ({
  path: { project: 'p', dataset: '', table },
  kind: 'TABLE' as const,
  columns,
});

const row = (k: string | null, v: number, list: readonly number[]) => ({
  k,
  v: BigInt(v),
  list: list.map(BigInt),
});
const ROWS = {
  a: [row('x', 1, [1, 2]), row('x', 2, []), row(null, 3, [3]), row(null, 4, []), row('y', 5, [4])],
  b: [row('x', 1, []), row('x', 9, [1]), row('z', 5, [])],
};

async function separable(sql: string) {
  const tables = ['a', 'b'].map((name) => ({ segments: [name], entry: entryOf(name) }));
  const statement = await analyzer.analyze(sql, { tables });
  if (statement.node !== 'QueryStmt') throw new Error('expected a query');
  return separableTables(statement.query);
}

async function answer(sql: string, rows: typeof ROWS): Promise<string[]> {
  const tables = ['a', 'b'].map((name) => ({
    name,
    entry: entryOf(name),
    rows: rows[name as keyof typeof ROWS],
  }));
  const { rows: found } = await analyzer.evaluate(sql, tables);
  return found.map((cells) =>
    JSON.stringify(cells, (_, value) => (typeof value === 'bigint' ? `${value}` : value)),
  );
}

const ANY = undefined;

test.each<[string, Record<string, readonly string[] | undefined>]>([
  ['SELECT v + 1 FROM a WHERE k IS NULL', { a: ANY }],
  ['SELECT k, x FROM a, UNNEST(list) AS x ORDER BY x', { a: ANY }],
  ['SELECT k, SUM(v) FROM a GROUP BY k', { a: ['k'] }],
  ['SELECT DISTINCT k, v FROM a', { a: ['k', 'v'] }],
  ['SELECT k, SUM(v) OVER (PARTITION BY k ORDER BY v) FROM a', { a: ['k'] }],
  [
    'SELECT k, COUNT(*) FROM (SELECT k, v, ROW_NUMBER() OVER (PARTITION BY k, v ORDER BY v) AS n FROM a) GROUP BY k',
    { a: ['k'] },
  ],
  ['SELECT a.v, b.v FROM a JOIN b ON a.k = b.k', { a: ANY, b: ANY }],
  ['SELECT a.v, b.v FROM a LEFT JOIN b ON a.k = b.k', { a: ANY }],
  ['SELECT a.v, b.v FROM a RIGHT JOIN b ON a.k = b.k', { b: ANY }],
  ['SELECT a.k, COUNT(b.v) FROM a LEFT JOIN b USING (k) GROUP BY a.k', { a: ['k'] }],
  ['SELECT v, (SELECT MAX(b.v) FROM b WHERE b.k = a.k) FROM a', { a: ANY }],
  ['SELECT v FROM a WHERE EXISTS (SELECT 1 FROM b WHERE b.k = a.k)', { a: ANY }],
])('%s', async (sql, expected) => {
  const found = await separable(sql);
  expect(Object.fromEntries(found.map(({ name, together }) => [name, together]))).toEqual(expected);
  const whole = (await answer(sql, ROWS)).sort();
  for (const { name, together } of found) {
    const table = { columns, rows: ROWS[name as keyof typeof ROWS] };
    const parts: string[] = [];
    for (const piece of slices(table, together, 3, 0)) {
      parts.push(...(await answer(sql, { ...ROWS, [name]: piece.rows })));
    }
    expect(parts.sort()).toEqual(whole);
  }
});

test.each([
  'SELECT COUNT(*) FROM a',
  'SELECT v FROM a LIMIT 2',
  'SELECT k, SUM(v) FROM a GROUP BY ROLLUP(k)',
  'SELECT UPPER(k) AS u, COUNT(*) FROM a GROUP BY u',
  'SELECT SUM(v) OVER (ORDER BY v) FROM a',
  'SELECT COUNT(*) OVER (PARTITION BY k), COUNT(*) OVER (PARTITION BY v) FROM a',
  'SELECT k FROM a UNION ALL SELECT k FROM b',
  'SELECT x.v FROM a AS x JOIN a AS y ON x.k = y.k',
  'SELECT v FROM a WHERE v > (SELECT AVG(v) FROM a)',
  'SELECT a.v FROM a FULL JOIN b ON a.k = b.k',
  'SELECT k, COUNT(*) FROM (SELECT v, ANY_VALUE(k) AS k FROM a GROUP BY v) GROUP BY k',
])('not separable: %s', async (sql) => {
  expect(await separable(sql)).toEqual([]);
});

test('rows with equal keys are in one piece, in each round', () => {
  const table = { columns, rows: [...ROWS.a, ...ROWS.a] };
  for (const round of [0, 1, 2]) {
    const pieces = slices(table, ['k'], 2, round);
    expect(pieces.flatMap(({ rows }) => rows)).toHaveLength(10);
    const places = pieces.map(({ rows }) => new Set(rows.map(({ k }) => k)));
    for (const key of ['x', 'y', null])
      expect(places.filter((keys) => keys.has(key))).toHaveLength(1);
  }
});
