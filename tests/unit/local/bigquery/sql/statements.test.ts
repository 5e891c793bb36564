import { UnsupportedError } from '@tributary/local/bigquery/sql/errors';
import { Workbench } from './workbench';

let bench: Workbench;
beforeAll(async () => {
  bench = await Workbench.open();
  await bench.addTable(
    'n',
    [
      { name: 'id', type: { kind: 'INT64' } },
      { name: 'k', type: { kind: 'STRING' } },
    ],
    [
      { id: 1n, k: 'a' },
      { id: 2n, k: 'b' },
    ],
  );
});
afterAll(() => bench.close());

const path = (table: string) => ({ project: 'p', dataset: 'ds', table });

describe('CREATE TABLE', () => {
  test('keeps what DuckDB does not apply', async () => {
    const sql = `CREATE TABLE IF NOT EXISTS \`p.ds.x\` (
        a INT64 NOT NULL OPTIONS (description = 'key'), ts TIMESTAMP, c ARRAY<STRUCT<k STRING>>)
      PARTITION BY TIMESTAMP_TRUNC(ts, HOUR) CLUSTER BY a
      OPTIONS (description = 'd', labels = [('team', 'x')], require_partition_filter = TRUE)`;
    expect(await bench.prepare(sql)).toMatchObject({
      kind: 'createTable',
      path: path('x'),
      mode: 'ifNotExists',
      columns: [
        { name: 'a', type: { kind: 'INT64' }, required: true, description: 'key' },
        { name: 'ts', type: { kind: 'TIMESTAMP' } },
        { name: 'c' },
      ],
      partitioning: { column: 'ts', granularity: 'HOUR', requireFilter: true },
      clustering: ['a'],
      options: { description: 'd', labels: { team: 'x' }, all: { require_partition_filter: true } },
    });
  });

  test.each([
    ['PARTITION BY d', 'd', 'DAY'],
    ['PARTITION BY DATE(ts)', 'ts', 'DAY'],
    ['PARTITION BY DATE_TRUNC(d, MONTH)', 'd', 'MONTH'],
  ])('%s', async (clause, column, granularity) => {
    const sql = `CREATE TABLE x ${clause} AS SELECT DATE '2024-01-01' AS d, TIMESTAMP '2024-01-01 00:00:00+00' AS ts`;
    expect(await bench.prepare(sql)).toMatchObject({ partitioning: { column, granularity } });
  });

  test('AS SELECT takes names of a column list', async () => {
    const sql = 'CREATE OR REPLACE TABLE y (a INT64, b STRING) AS SELECT id, k FROM n';
    expect(await bench.prepare(sql)).toMatchObject({
      mode: 'replace',
      columns: [{ name: 'a' }, { name: 'b' }],
      referenced: [path('n')],
    });
  });
});

describe('views', () => {
  test('are expanded where they are read, through each other', async () => {
    const rows = await bench.select(`
      CREATE VIEW v1 AS WITH w AS (SELECT id, k FROM ds.n) SELECT id * 10 AS id, k FROM w;
      CREATE VIEW v2 AS WITH w AS (SELECT * FROM ds.v1) SELECT w.id, n.k FROM w JOIN ds.n AS n ON w.id = n.id * 10;
      WITH w AS (SELECT id FROM v2) SELECT w.id, v1.k FROM w JOIN v1 USING (id) ORDER BY id DESC`);
    expect(rows).toEqual([
      { id: 20n, k: 'b' },
      { id: 10n, k: 'a' },
    ]);
  });

  test('name their tables with a dataset', async () => {
    await expect(bench.prepare('CREATE VIEW v3 AS SELECT id FROM n')).rejects.toThrow(
      'Table "n" must be qualified with a dataset in a view',
    );
  });

  test('that no longer fit their tables say which they are', async () => {
    await bench.run(
      'CREATE TABLE gone AS SELECT 1 AS a; CREATE VIEW v4 AS SELECT a FROM ds.gone; DROP TABLE gone',
    );
    await expect(bench.prepare('SELECT * FROM v4')).rejects.toThrow(
      'View p.ds.v4 cannot be read: Not found: Table p:ds.gone',
    );
  });
});

test('other statements', async () => {
  expect(
    await bench.prepare('CREATE SCHEMA IF NOT EXISTS `a-b.c` OPTIONS (location = "EU")'),
  ).toMatchObject({
    kind: 'createSchema',
    dataset: { project: 'a-b', dataset: 'c' },
    mode: 'ifNotExists',
  });
  expect(await bench.prepare('DROP SCHEMA c CASCADE')).toMatchObject({
    kind: 'dropSchema',
    dataset: { project: 'p', dataset: 'c' },
    cascade: true,
  });
  expect(await bench.prepare('DROP VIEW IF EXISTS q')).toMatchObject({
    kind: 'drop',
    objectType: 'VIEW',
    ifExists: true,
  });
  expect(
    await bench.prepare('ALTER TABLE n ADD COLUMN z STRING, ADD COLUMN IF NOT EXISTS y INT64'),
  ).toMatchObject({
    kind: 'addColumns',
    path: path('n'),
    columns: [
      { name: 'z', ifNotExists: false },
      { name: 'y', ifNotExists: true },
    ],
  });
  expect(
    await bench.prepare('ALTER TABLE `p.ds`.n SET OPTIONS (description = "new")'),
  ).toMatchObject({
    kind: 'setOptions',
    path: path('n'),
    options: { description: 'new' },
  });
  expect(
    await bench.prepare(
      'EXPORT DATA OPTIONS (uri = "gs://b/x-*.csv", format = "csv", overwrite = TRUE) AS SELECT id FROM n',
    ),
  ).toMatchObject({
    kind: 'exportData',
    uri: 'gs://b/x-*.csv',
    format: 'CSV',
    overwrite: true,
    columns: [{ name: 'id' }],
  });
  expect(await bench.prepare("ASSERT FALSE AS 'why'")).toMatchObject({
    kind: 'assert',
    message: 'why',
  });
});

// The place is where the first ^ stands; the beginning without one.
test.each([
  ["uri = 'gs://b/x', format = ^'AVRO'", 'cannot write AVRO'],
  ["uri = 'gs://b/x', format = ^'XML'", 'needs the option format'],
  ["uri = 'gs://b/x', format = 'CSV', compression = ^'LZ4'", 'CSV files cannot be compressed'],
  ["uri = 'gs://b/x', format = 'CSV', overwrite = ^'yes'", 'overwrite .* must be a BOOL'],
  ["uri = 'gs://b/x', format = 'CSV', field_delimiter = ^5", 'delimiter .* must be a STRING'],
  ["uri = 'gs://b/x', format = 'CSV', colour = ^'red'", 'the option colour'],
  ["format = 'CSV'", 'needs the option uri'],
])('EXPORT DATA OPTIONS (%s) is refused in its place', async (options, sentence) => {
  const marked = `EXPORT DATA OPTIONS (${options}) AS SELECT 1 AS n`;
  const column = Math.max(marked.indexOf('^'), 0) + 1;
  await expect(bench.prepare(marked.replace('^', ''))).rejects.toThrow(
    new RegExp(`${sentence}.* at \\[1:${column}\\]`),
  );
});

test.each([
  'CREATE TABLE o (x INT64) OPTIONS (description = ^5)',
  "CREATE VIEW o OPTIONS (labels = ^'x') AS SELECT 1 AS x",
  "CREATE TABLE o (x DATE) PARTITION BY x OPTIONS (require_partition_filter = ^'true')",
  "CREATE TABLE o (x DATE) PARTITION BY x OPTIONS (partition_expiration_days = ^'3')",
])('%s: an option of a wrong type is refused in its place', async (marked) => {
  await expect(bench.prepare(marked.replace('^', ''))).rejects.toThrow(
    new RegExp(`^Option .* must be .* at \\[1:${marked.indexOf('^') + 1}\\]`),
  );
});

test('options may be NULL, and days whole', async () => {
  const options = 'description = NULL, labels = [("a", "b")], partition_expiration_days = 3';
  const sql = `CREATE TABLE o (x DATE) PARTITION BY x OPTIONS (${options})`;
  expect(await bench.prepare(sql)).toMatchObject({ options: { labels: { a: 'b' } } });
});

describe('parameters and variables', () => {
  test('named, positional and declared', async () => {
    const named = new Map([
      [
        'ids',
        { type: { kind: 'ARRAY', element: { kind: 'INT64' } }, sql: 'CAST([2, 3] AS BIGINT[])' },
      ],
    ] as const);
    expect(
      await bench.select('SELECT k FROM n WHERE id IN UNNEST(@ids)', {
        parameters: { mode: 'NAMED', values: named },
      }),
    ).toEqual([{ k: 'b' }]);
    const values = [
      { type: { kind: 'INT64' }, sql: 'CAST(1 AS BIGINT)' },
      { type: { kind: 'STRING' }, sql: "'%'", constant: '%' },
    ] as const;
    expect(
      await bench.select('SELECT k FROM n WHERE id = ? AND k LIKE ?', {
        parameters: { mode: 'POSITIONAL', values },
      }),
    ).toEqual([{ k: 'a' }]);
    expect(
      await bench.select(`
        DECLARE low, high INT64 DEFAULT 1; DECLARE Words DEFAULT ['x', 'y'];
        SET high = (SELECT MAX(id) FROM n) + low;
        SELECT high, words[OFFSET(1)] AS w FROM n WHERE id = low`),
    ).toEqual([{ high: 3n, w: 'y' }]);
  });

  test('a column hides a variable of the same name', async () => {
    expect(
      await bench.select('DECLARE k STRING DEFAULT "var"; SELECT k FROM n ORDER BY id LIMIT 1'),
    ).toEqual([{ k: 'a' }]);
  });

  test('SET needs a declaration', async () => {
    await expect(bench.prepare('SET never = 1')).rejects.toThrow('Undeclared variable: never');
  });
});

describe('output names', () => {
  test('f0_, f1_ for columns without a name', async () => {
    const { columns } = await bench.run('SELECT 1, 2 AS a, 3');
    expect(columns.map(({ name }) => name)).toEqual(['f0_', 'a', 'f1_']);
  });

  test('AS STRUCT gives its fields', async () => {
    expect(await bench.select('SELECT AS STRUCT 1 AS a, "x" AS b')).toEqual([{ a: 1n, b: 'x' }]);
  });

  test('two columns of one name are refused', async () => {
    await expect(bench.run('SELECT 1 AS a, 2 AS A')).rejects.toThrow('Duplicate column names');
  });
});

test.each([
  ['SELECT k FROM n GROUP BY ALL', 'GROUP BY ALL', '[1:26]'],
  ['FROM n |> WHERE id = 1', 'pipe syntax', '[1:1]'],
  ['SELECT * FROM ds.INFORMATION_SCHEMA.TABLES', 'INFORMATION_SCHEMA', ''],
  ['CREATE TEMP FUNCTION f(x INT64) AS (x)', 'CREATE FUNCTION', ''],
  ['SELECT\n  id,\n  SESSION_USER()\nFROM n', 'SESSION_USER', '[3:3]'],
  ['SELECT "ü", SESSION_USER()', 'SESSION_USER', '[1:13]'],
  ['SELECT INTERVAL 1 DAY', 'type INTERVAL', ''],
  ['SELECT CURRENT_TIMESTAMP() + INTERVAL 1 MONTH', '', ''],
  ['SELECT DATE "2024-01-01" + INTERVAL "1-2" YEAR TO MONTH', 'type INTERVAL', ''],
  ['SELECT PARSE_BIGNUMERIC("1") > 0', 'PARSE_BIGNUMERIC', ''],
  ['SELECT CAST("1" AS BIGNUMERIC)', 'BIGNUMERIC', ''],
  ['SELECT id FROM n TABLESAMPLE SYSTEM (10 PERCENT)', 'TABLESAMPLE below 100 PERCENT', ''],
  ['SELECT @@time_zone', 'system variables', ''],
  ['CREATE TABLE x COPY n', 'CREATE TABLE COPY', ''],
  ['CREATE TABLE x (a NUMERIC(10, 2))', 'type parameters of column a', '[1:17]'],
  ['CREATE TABLE s (a INT64,\n  s STRING(5))', 'type parameters of column s', '[2:3]'],
  ["SELECT '-' AS a,\n  DATE '2026-01-02' - DATE '2026-01-01' AS d", 'type INTERVAL', '[2:21]'],
  ["LOAD DATA INTO ds.x FROM FILES (uris = ['gs://a'])", 'LOAD DATA: start a load job', '[1:1]'],
])('refuses %s by name', async (sql, what, place) => {
  const error = await bench.prepare(sql).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(UnsupportedError);
  expect((error as Error).message).toContain(what);
  expect((error as Error).message).toContain(place);
});

test('the sentences of the analyzer come with their place, and missing tables as BigQuery words them', async () => {
  await expect(bench.prepare('SELECT id\nFROM n WHERE nope = 1')).rejects.toThrow(
    'Unrecognized name: nope at [2:14]',
  );
  await expect(bench.prepare('SELECT 1 FROM other.gone')).rejects.toMatchObject({
    reason: 'notFound',
    message: 'Not found: Table p:other.gone at [1:15]',
  });
  await expect(bench.prepare('SELECT 1 FROM gone', { defaultDataset: undefined })).rejects.toThrow(
    'must be qualified with a dataset',
  );
});
