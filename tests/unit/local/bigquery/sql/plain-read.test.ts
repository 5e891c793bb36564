import { Workbench } from './workbench';

let bench: Workbench;
beforeAll(async () => {
  bench = await Workbench.open();
  const columns = [
    { name: 'id', type: { kind: 'INT64' } as const },
    { name: 'k', type: { kind: 'STRING' } as const },
  ];
  await bench.addTable('many', columns, [
    { id: 1n, k: 'a' },
    { id: 2n, k: 'b' },
  ]);
  await bench.addTable('few', columns, [{ id: 3n, k: 'c' }]);
  await bench.run(`
    CREATE VIEW both_tables AS
    WITH one AS (SELECT * FROM ds.many), other AS (SELECT * FROM ds.few),
    final AS (SELECT k, id FROM one UNION ALL SELECT k, id FROM other)
    SELECT k, id FROM final;
    CREATE VIEW keys AS SELECT k FROM ds.both_tables GROUP BY k`);
});
afterAll(() => bench.close());

/** The common tables of a query that are read anew wherever they are mentioned. */
async function plainNames(query: string): Promise<string[]> {
  const statement = await bench.prepare(`CREATE TABLE made AS ${query}`);
  const parts = statement.kind === 'createTable' ? statement.asParts : undefined;
  return (parts?.commonTables ?? []).filter(({ isPlain }) => isPlain).map(({ name }) => name);
}

test('a view that only puts tables below each other is read anew at each mention', async () => {
  const query = `
    WITH mentioned AS (SELECT * FROM ds.both_tables)
    SELECT m.id, b.k FROM mentioned AS m JOIN ds.both_tables AS b USING (id)`;
  expect(await plainNames(query)).toEqual(['"view p.ds.both_tables"', '"with_mentioned"']);
  expect(await bench.select(`${query} ORDER BY id`)).toEqual([
    { id: 1n, k: 'a' },
    { id: 2n, k: 'b' },
    { id: 3n, k: 'c' },
  ]);
});

test('so is a WITH of it, but nothing that computes or makes rows distinct', async () => {
  const query = `
    WITH one AS (SELECT id, k FROM ds.many),
    unioned AS (SELECT id, k FROM one UNION ALL SELECT id, k FROM ds.few),
    renamed AS (SELECT id AS number FROM unioned),
    summed AS (SELECT id + 1 AS id FROM unioned),
    of_summed AS (SELECT id FROM summed),
    is_distinct AS (SELECT id FROM one UNION DISTINCT SELECT id FROM ds.few),
    filtered AS (SELECT id FROM one WHERE k = 'a')
    SELECT 1 AS n FROM renamed, of_summed, is_distinct, filtered, ds.keys`;
  expect(await plainNames(query)).toEqual([
    '"view p.ds.both_tables"',
    '"with_one"',
    '"with_unioned"',
    '"with_renamed"',
  ]);
});
