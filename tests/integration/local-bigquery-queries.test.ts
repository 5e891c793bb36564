import type { RowsResponse } from '@google-cloud/bigquery';
import { errorOf, type LocalClient, openLocalClient } from '../support/local-client';

jest.setTimeout(60_000);

let local: LocalClient;
beforeAll(async () => {
  local = await openLocalClient();
});
afterAll(() => local?.close());

const rowsOf: LocalClient['rowsOf'] = (query, options) => local.rowsOf(query, options);

test('every type comes back as the client knows it', async () => {
  const [row] = await rowsOf(`SELECT
    1 AS i, 1.5 AS f, NUMERIC '12.50' AS n, TRUE AS b, 'x' AS s, b'abc' AS by_,
    DATE '2026-01-02' AS d, TIME '01:02:03' AS t, DATETIME '2026-01-02 03:04:05' AS dt,
    TIMESTAMP '2026-01-01 00:00:00.123456' AS ts, JSON '{"a":1}' AS j,
    [1, 2] AS a, STRUCT(1 AS x, ['y'] AS y) AS st, CAST(NULL AS STRING) AS nothing,
    CAST(NULL AS ARRAY<INT64>) AS no_items`);
  expect(row).toEqual({
    i: 1,
    f: 1.5,
    n: '12.5',
    b: true,
    s: 'x',
    by_: { type: 'Buffer', data: [97, 98, 99] },
    d: { value: '2026-01-02' },
    t: { value: '01:02:03' },
    dt: { value: '2026-01-02T03:04:05' },
    ts: { value: '2026-01-01T00:00:00.123456000Z' },
    j: '{"a":1}',
    a: [1, 2],
    st: { x: 1, y: ['y'] },
    nothing: null,
    no_items: [],
  });
});

describe('parameters', () => {
  test('named: a value of every type is what its literal is', async () => {
    const { client } = local;
    const params = {
      s: "it's",
      i: 1,
      big: client.int('9007199254740993'),
      f: 1.5,
      n: '0.000000001',
      b: false,
      d: client.date('2026-01-02'),
      t: client.time('01:02:03.000004'),
      dt: client.datetime('2026-01-02T03:04:05'),
      ts: client.timestamp('2026-01-02T03:04:05.678Z'),
      by_: Buffer.from('abc').toString('base64'),
      j: { b: 1.5, a: [1] },
    };
    const types = { n: 'NUMERIC', by_: 'BYTES', j: 'JSON' };
    const known = Object.entries(params).map(([name, value]) => [
      name,
      (types as Record<string, unknown>)[name] ?? typeOf(value),
    ]);
    expect(
      await rowsOf(
        `SELECT @s = "it's" AS s, @i = 1 AS i, @big = 9007199254740993 AS big, @f = 1.5 AS f,
           @n = NUMERIC '0.000000001' AS n, @b = FALSE AS b, @d = DATE '2026-01-02' AS d,
           @t = TIME '01:02:03.000004' AS t, @dt = DATETIME '2026-01-02 03:04:05' AS dt,
           @ts = TIMESTAMP '2026-01-02 03:04:05.678' AS ts, @by_ = b'abc' AS by_,
           TO_JSON_STRING(@j) = '{"a":[1],"b":1.5}' AS j`,
        { params, types: Object.fromEntries(known) },
      ),
    ).toEqual([Object.fromEntries(Object.keys(params).map((name) => [name, true]))]);
  });

  test('a Buffer, which the client sends as an object, is refused with the way to send it', async () => {
    const error = await errorOf(
      local.client.query({ query: 'SELECT @b', params: { b: Buffer.from('abc') } }),
    );
    expect(error.code).toBe(400);
    expect(error.message).toContain("toString('base64')");
  });

  /** The type the client would find by itself: `types` must name all or none. */
  function typeOf(value: unknown): unknown {
    const { BigQuery } = jest.requireActual('@google-cloud/bigquery');
    return BigQuery.getTypeDescriptorFromValue_(value).type;
  }

  test('NULLs and empty arrays of every type', async () => {
    const scalars = ['STRING', 'INT64', 'FLOAT64', 'NUMERIC', 'BOOL', 'BYTES', 'DATE', 'TIME'];
    const all = [...scalars, 'DATETIME', 'TIMESTAMP', 'JSON'];
    for (const mode of ['NULL', 'empty']) {
      const params = Object.fromEntries(all.map((type) => [type, mode === 'NULL' ? null : []]));
      const types = Object.fromEntries(all.map((type) => [type, mode === 'NULL' ? type : [type]]));
      const isNull = (type: string) =>
        mode === 'NULL' ? `@${type} IS NULL` : `ARRAY_LENGTH(@${type}) = 0`;
      const query = `SELECT ${all.map((type) => `${isNull(type)} AS ${type}_`).join(', ')}`;
      const [row = {}] = await rowsOf(query, { params, types });
      expect(Object.values(row)).toEqual(all.map(() => true));
    }
  });

  test('positional, arrays and structs, also in one another', async () => {
    const nested = {
      list: [1, 2],
      st: { x: 1, y: 'z' },
      items: [
        { q: 1, at: 'a' },
        { q: 2, at: 'b' },
      ],
    };
    expect(
      await rowsOf('SELECT @list AS list, @st AS st, @items AS items', { params: nested }),
    ).toEqual([nested]);
    expect(
      await rowsOf('SELECT ? AS a, ? AS b, ? AS c', {
        params: [1.5, local.client.date('2026-01-01'), ['x']],
      }),
    ).toEqual([{ a: 1.5, b: { value: '2026-01-01' }, c: ['x'] }]);
    expect(
      await rowsOf('SELECT 1 AS n FROM UNNEST([1]) WHERE 1 IN UNNEST(?)', { params: [[1, 2]] }),
    ).toEqual([{ n: 1 }]);
  });

  test.each([
    ['a missing one', { query: 'SELECT @gone', params: { other: 1 } }, 'gone'],
    [
      'a type that is not known',
      { query: 'SELECT @x', params: { x: '1' }, types: { x: 'GEOGRAPHY' } },
      'GEOGRAPHY',
    ],
    [
      'a value that is none of its type',
      { query: 'SELECT @x', params: { x: 'many' }, types: { x: 'NUMERIC' } },
      "'many' is no NUMERIC",
    ],
  ])('%s is an error', async (_, options, message) => {
    expect(await errorOf(local.client.query(options))).toMatchObject({
      code: 400,
      message: expect.stringContaining(message),
    });
  });
});

describe('pages', () => {
  test('of any size give all rows in order, by token and by index', async () => {
    const [job] = await local.client.createQueryJob(
      'SELECT n FROM UNNEST(GENERATE_ARRAY(0, 63)) AS n ORDER BY n',
    );
    const seen: number[] = [];
    let options: object | null = { maxResults: 10, autoPaginate: false };
    while (options) {
      const [rows, next] = (await job.getQueryResults(options)) as unknown as [
        { n: number }[],
        object | null,
      ];
      expect(rows.length).toBeLessThanOrEqual(10);
      seen.push(...rows.map(({ n }) => n));
      options = next;
    }
    expect(seen).toEqual(Array.from({ length: 64 }, (_, index) => index));
    const [tail] = await job.getQueryResults({ startIndex: '60' });
    expect(tail).toEqual([{ n: 60 }, { n: 61 }, { n: 62 }, { n: 63 }]);
    const [all] = await local.client.query({
      query: 'SELECT n FROM UNNEST(GENERATE_ARRAY(1, 25)) AS n',
      maxResults: 10,
    } as object);
    expect(all).toHaveLength(25);
    expect(await errorOf(job.getQueryResults({ pageToken: 'forged' }))).toMatchObject({
      code: 400,
    });
  });

  test('a stream of a big result comes from a temporary table', async () => {
    // More cells than are kept in memory, and more rows than a page has.
    const columns = Array.from({ length: 9 }, (_, index) => `n AS n${index}`);
    const query = `SELECT n, ${columns} FROM UNNEST(GENERATE_ARRAY(0, 20999)) AS n`;
    let sum = 0;
    let count = 0;
    for await (const { n } of local.client.createQueryStream(query)) {
      sum += n;
      count += 1;
    }
    expect([count, sum]).toEqual([21_000, (21_000 * 20_999) / 2]);
  });

  test('timestamps are texts, floats of seconds or whole microseconds, as asked', async () => {
    const body = {
      query: "SELECT TIMESTAMP '1970-01-01 00:00:01.5' AS value",
      useLegacySql: false,
    };
    const sentValue = async (formatOptions?: object) => {
      const answer = await local.send('POST', '/queries', { ...body, formatOptions });
      return ((await answer.json()) as { rows: [{ f: [{ v: string }] }] }).rows[0].f[0].v;
    };
    expect(await sentValue()).toBe('1.5');
    expect(await sentValue({ useInt64Timestamp: true })).toBe('1500000');
    expect(await sentValue({ timestampOutputFormat: 'INT64' })).toBe('1500000');
  });
});

test('rows are listed in pages, from an index, and with some of their fields', async () => {
  const dataset = local.client.dataset(await local.newDataset());
  await local.client.query(`CREATE TABLE ${dataset.id}.t AS
    SELECT n, CAST(n AS STRING) AS s, STRUCT(n AS x, 'y' AS y) AS st,
      [STRUCT(n AS q, STRUCT(1 AS deep, 2 AS deeper) AS inner_)] AS items
    FROM UNNEST(GENERATE_ARRAY(0, 9)) AS n ORDER BY n`);
  const table = dataset.table('t');
  const seen: number[] = [];
  let options: object | null | undefined = { maxResults: 4, autoPaginate: false };
  while (options) {
    const [rows, next]: RowsResponse = await table.getRows(options);
    expect(rows.length).toBeLessThanOrEqual(4);
    seen.push(...rows.map(({ n }) => n));
    options = next;
  }
  expect(seen).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  const [tail] = await table.getRows({ startIndex: '8', selectedFields: 's,items.inner_.deep' });
  expect(tail).toEqual([
    { s: '8', items: [{ inner_: { deep: 1 } }] },
    { s: '9', items: [{ inner_: { deep: 1 } }] },
  ]);
  expect((await errorOf(table.getRows({ selectedFields: 'st.z' }))).message).toContain('"st.z"');
});

test('tables change their columns and name, and are made like others', async () => {
  const dataset = await local.newDataset();
  const rows = await rowsOf(`
    CREATE TABLE ${dataset}.t (a INT64 NOT NULL, b STRING, day DATE) PARTITION BY day;
    INSERT ${dataset}.t VALUES (1, 'x', '2024-01-01');
    ALTER TABLE ${dataset}.t DROP COLUMN IF EXISTS z, DROP COLUMN B;
    ALTER TABLE ${dataset}.t RENAME COLUMN a TO n;
    ALTER TABLE ${dataset}.t ALTER COLUMN n DROP NOT NULL;
    ALTER TABLE ${dataset}.t RENAME TO u;
    CREATE TABLE ${dataset}.empty LIKE ${dataset}.u;
    INSERT ${dataset}.u (n) VALUES (NULL);
    SELECT n, (SELECT COUNT(*) FROM ${dataset}.empty) AS others FROM ${dataset}.u ORDER BY n;`);
  expect(rows).toEqual([
    { n: null, others: 0 },
    { n: 1, others: 0 },
  ]);
  const refused = (sql: string) => expect(rowsOf(sql)).rejects.toThrow;
  await refused(`ALTER TABLE ${dataset}.u DROP COLUMN day`)(/partitioned or clustered/);
  await refused(`ALTER TABLE ${dataset}.u RENAME COLUMN n TO DAY`)('Column already exists: DAY');
  await refused(`ALTER TABLE ${dataset}.u RENAME TO empty`)(/^Already Exists/);
  await refused(`SELECT * FROM ${dataset}.t`)(/^Not found/);
});

test('variables of nested types hold every character', async () => {
  const rows = await rowsOf(`
    DECLARE nested STRUCT<a STRING, b ARRAY<STRING>> DEFAULT ("it's {x: 1}", ["]", "[", "null", ", "]);
    DECLARE missing STRUCT<a STRING, b DATE>;
    SELECT nested.a AS a, ARRAY_TO_STRING(nested.b, '|') AS b, missing IS NULL AS isNull;`);
  expect(rows).toEqual([{ a: "it's {x: 1}", b: ']|[|null|, ', isNull: true }]);
});

test('scripts with variables, temporary tables and DML', async () => {
  const dataset = await local.newDataset();
  const rows = await rowsOf(`
    DECLARE factor INT64 DEFAULT 3;
    CREATE TEMP TABLE numbers AS SELECT 1 AS n UNION ALL SELECT 2;
    CREATE TABLE ${dataset}.t AS SELECT n * factor AS n FROM numbers;
    SET factor = (SELECT MAX(n) FROM ${dataset}.t);
    SELECT n, factor FROM ${dataset}.t ORDER BY n;`);
  expect(rows).toEqual([
    { n: 3, factor: 6 },
    { n: 6, factor: 6 },
  ]);
  const [job] = await local.client.createQueryJob(`UPDATE ${dataset}.t SET n = 0 WHERE n = 3`);
  await job.getQueryResults();
  const [metadata] = await job.getMetadata();
  expect(metadata.statistics.query).toMatchObject({
    statementType: 'UPDATE',
    numDmlAffectedRows: '1',
  });
});

test('a recursion ends after 500 rounds, as BigQuery ends it', async () => {
  const count = (last: number) =>
    `WITH RECURSIVE r AS (SELECT 0 AS i UNION ALL SELECT i + 1 FROM r WHERE i < ${last})
     SELECT COUNT(*) AS n FROM r`;
  expect(await rowsOf(count(500))).toEqual([{ n: 501 }]);
  expect((await errorOf(rowsOf(count(501)))).message).toContain(
    'A recursive CTE has reached the maximum number of iterations: 500',
  );
});
