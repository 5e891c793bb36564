import { Workbench } from './workbench';

let bench: Workbench;
beforeAll(async () => {
  bench = await Workbench.open();
  await bench.run(`
    CREATE TABLE ds.events_20240101 AS
      SELECT 1 AS id, [STRUCT('page' AS key, STRUCT('/a' AS string_value) AS value)] AS params;
    CREATE TABLE ds.events_20240102 AS
      SELECT 2 AS id, [STRUCT('page' AS key, STRUCT('/b' AS string_value, 5 AS int_value) AS value)] AS params,
        'new' AS added;
    CREATE TABLE ds.typed_1 AS SELECT 1 AS x, 'a' AS same, STRUCT(1 AS a, 2 AS b) AS s;
    CREATE TABLE ds.typed_2 AS SELECT 'one' AS x, 'b' AS same, STRUCT(3 AS a, 'c' AS b) AS s;
    CREATE VIEW ds.seen_1 AS SELECT 1 AS x`);
});
afterAll(() => bench.close());

test('the newest table gives the columns; older ones are NULL where they lack a field', async () => {
  const rows = await bench.select('SELECT * FROM `p.ds.events_*` ORDER BY id');
  expect(rows).toEqual([
    {
      id: 1n,
      params: [{ key: 'page', value: { string_value: '/a', int_value: null } }],
      added: null,
    },
    {
      id: 2n,
      params: [{ key: 'page', value: { string_value: '/b', int_value: 5n } }],
      added: 'new',
    },
  ]);
});

test('_TABLE_SUFFIX is what the star stands for, and no column of SELECT *', async () => {
  const sql =
    "SELECT id, _TABLE_SUFFIX AS day FROM `ds.events_2024*` WHERE _TABLE_SUFFIX >= '0102'";
  expect(await bench.select(sql)).toEqual([{ id: 2n, day: '0102' }]);
});

test('a view may read a wildcard; the statement names the tables it reads', async () => {
  await bench.run(
    'CREATE VIEW ds.all_events AS SELECT id, _TABLE_SUFFIX AS day FROM `p.ds.events_*`',
  );
  expect(await bench.select('SELECT COUNT(DISTINCT day) AS days FROM ds.all_events')).toEqual([
    { days: 2n },
  ]);
  const prepared = await bench.prepare('SELECT COUNT(*) AS c FROM `p.ds.events_*`');
  expect(prepared).toMatchObject({
    referenced: [{ table: 'events_20240101' }, { table: 'events_20240102' }],
  });
});

test('a table that comes later belongs to the wildcard of a view that was read before', async () => {
  const days = 'SELECT COUNT(DISTINCT day) AS days FROM ds.all_later';
  await bench.run(`
    CREATE TABLE ds.later_1 AS SELECT 1 AS id;
    CREATE VIEW ds.all_later AS SELECT _TABLE_SUFFIX AS day FROM \`p.ds.later_*\``);
  expect(await bench.select(days)).toEqual([{ days: 1n }]);
  await bench.run('CREATE TABLE ds.later_2 AS SELECT 2 AS id');
  expect(await bench.select(days)).toEqual([{ days: 2n }]);
});

test('a table may have another type in a column that is not read', async () => {
  expect(await bench.select('SELECT same FROM `p.ds.typed_*` ORDER BY same')).toEqual([
    { same: 'a' },
    { same: 'b' },
  ]);
  expect(await bench.select('SELECT COUNT(*) AS c FROM `p.ds.typed_*`')).toEqual([{ c: 2n }]);
});

test.each([
  ['SELECT * FROM `p.ds.none_*`', 'p:ds.none_* does not match any table.'],
  [
    'SELECT * FROM `p.ds.seen_*`',
    'Views cannot be queried through prefix. First view p.ds.seen_1.',
  ],
  ['SELECT * FROM `p.ds.typed_*`', "Cannot read field 'x' of type INT64 as STRING"],
  ['SELECT s.b FROM `p.ds.typed_*`', "Cannot read field 's' of type INT64 as STRING"],
  [
    "SELECT same FROM `p.ds.typed_*` WHERE x = 'one'",
    "Cannot read field 'x' of type INT64 as STRING",
  ],
  ['DELETE FROM `p.ds.events_*` WHERE TRUE', 'DELETE cannot change the wildcard table events_*'],
])('%s is refused', async (sql, sentence) => {
  await expect(bench.run(sql)).rejects.toThrow(sentence);
});
