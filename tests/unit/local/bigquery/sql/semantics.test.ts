import { addSemanticTables, show } from './semantics';
import { ROW_QUERIES } from './semantics-of-rows';
import { VALUE_QUERIES } from './semantics-of-values';
import type { Rows } from './workbench';
import { Workbench } from './workbench';

/** Queries on which DuckDB must answer as Google's reference engine does. */
const QUERIES = { ...ROW_QUERIES, ...VALUE_QUERIES };

/** Statements that both engines must refuse when they run. */
const FAILURES: readonly string[] = [
  'SELECT (SELECT id FROM n) AS x',
  'SELECT id, (SELECT m.id FROM n m WHERE m.id > n.id) AS x FROM n',
  'SELECT (SELECT t FROM UNNEST(tags) AS t) AS x FROM l',
  'SELECT 1 / (id - id) AS x FROM n',
  'SELECT [1, 2][OFFSET(5)] AS x',
  'SELECT CAST(k AS INT64) AS x FROM n',
  'SELECT 9223372036854775807 + id AS x FROM n',
  'SELECT id FROM l ORDER BY tags',
  'SELECT MAX(tags) AS x FROM l',
  'SELECT RANK() OVER (ORDER BY tags) AS x FROM l',
  'SELECT ARRAY_AGG(id ORDER BY tags) AS x FROM l',
  'SELECT GREATEST(nums, [1]) AS x FROM l',
  'SELECT LEAD(v, -1) OVER (ORDER BY id) AS x FROM n',
  'SELECT LAG(v, 1, id) OVER (ORDER BY id) AS x FROM n',
  'SELECT LEAD(k, 1, UPPER(k)) OVER (ORDER BY id) AS x FROM n',
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
