import { errorOf, type LocalClient, openLocalClient, PROJECT_ID } from '../support/local-client';

jest.setTimeout(60_000);

const MINIMUM = 10 * 1024 * 1024;

let local: LocalClient;
let dataset: string;
beforeAll(async () => {
  local = await openLocalClient();
  dataset = await local.newDataset();
  await local.client.query(`
    CREATE TABLE ${dataset}.days PARTITION BY day
      OPTIONS (require_partition_filter = TRUE) AS
      SELECT DATE_ADD(DATE '2024-01-01', INTERVAL MOD(n, 4) DAY) AS day, n, 'abc' AS name
      FROM UNNEST(GENERATE_ARRAY(1, 100)) AS n;
    CREATE VIEW ${dataset}.daily AS SELECT day AS the_day, n FROM ${dataset}.days;
    CREATE TABLE ${dataset}.big AS
      SELECT a * 2000 + b AS n, CAST(b AS FLOAT64) AS x, IF(b > 1000, NULL, TRUE) AS half
      FROM UNNEST(GENERATE_ARRAY(1, 1000)) AS a, UNNEST(GENERATE_ARRAY(1, 2000)) AS b;
  `);
});
afterAll(() => local?.close());

interface Bytes {
  readonly logical: number;
  readonly processed: number;
  readonly billed: number;
}

function bytesOf(metadata: { statistics: Record<string, never> }): Bytes {
  const { query, totalBytesProcessed } = metadata.statistics as unknown as {
    query: Record<string, string>;
    totalBytesProcessed: string;
  };
  expect(query.totalBytesProcessed).toBe(totalBytesProcessed);
  return {
    logical: Number(query.estimatedBytesProcessed),
    processed: Number(totalBytesProcessed),
    billed: Number(query.totalBytesBilled),
  };
}

async function dryRun(query: string, options: object = {}): Promise<Bytes> {
  const [job] = await local.client.createQueryJob({ query, dryRun: true, ...options });
  return bytesOf(job.metadata);
}

async function realRun(query: string): Promise<Bytes> {
  const [job] = await local.client.createQueryJob({ query });
  await job.getQueryResults();
  return bytesOf((await job.getMetadata())[0]);
}

async function tableBytes(table: string): Promise<number> {
  const [metadata] = await local.client.dataset(dataset).table(table).getMetadata();
  return Number(metadata.numBytes);
}

test.each([
  ['BOOL', 'TRUE', 1],
  ['INT64', '1', 8],
  ['FLOAT64', '1.5', 8],
  ['NUMERIC', "NUMERIC '1'", 16],
  ['DATE', "DATE '2024-01-01'", 8],
  ['DATETIME', "DATETIME '2024-01-01'", 8],
  ['TIME', "TIME '12:00:00'", 8],
  ['TIMESTAMP', "TIMESTAMP '2024-01-01'", 8],
  ['STRING, in bytes of UTF-8 and two', "'zürich'", 9],
  ['BYTES and two', "b'abc'", 5],
  ['JSON as text', `JSON '{"a":1}'`, 7],
  ['NULL', 'CAST(NULL AS INT64)', 0],
  ['NULL text', 'CAST(NULL AS STRING)', 0],
  ['STRUCT, the sum of its fields', "STRUCT(1 AS a, 'x' AS b, CAST(NULL AS BOOL) AS c)", 11],
  ['ARRAY, the sum of its elements', '[1, 2, 3]', 24],
  ['ARRAY of texts', "['a', 'bc']", 7],
  ['empty ARRAY', 'ARRAY<STRING>[]', 0],
  ['ARRAY of STRUCT with an ARRAY', "[STRUCT('x' AS a, [1, 2] AS b), STRUCT('yz', [3])]", 31],
])('size of %s', async (_, value, bytes) => {
  const table = `t${Math.abs(hash(value))}`;
  await local.client.query(`CREATE TABLE ${dataset}.${table} AS SELECT ${value} AS v`);
  expect(await tableBytes(table)).toBe(bytes);
  expect((await dryRun(`SELECT * FROM ${dataset}.${table}`)).logical).toBe(bytes);
  await local.client.query(`INSERT ${dataset}.${table} SELECT v FROM ${dataset}.${table}`);
  expect(await tableBytes(table)).toBe(2 * bytes);
});

function hash(text: string): number {
  return [...text].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) | 0, 7);
}

describe('what is billed', () => {
  test('the columns that are read, and the whole table where all are', async () => {
    const big = `${dataset}.big`;
    expect(await dryRun(`SELECT n FROM ${big} WHERE n > 5 LIMIT 1`)).toEqual({
      logical: 16_000_000,
      processed: 16_000_000,
      billed: 16 * 1024 * 1024,
    });
    expect((await dryRun(`SELECT half FROM ${big}`)).logical).toBe(1_000_000);
    const all = await dryRun(`SELECT * FROM ${big}`);
    expect(all.logical).toBe(await tableBytes('big'));
    expect(all.processed).toBe(33_000_000);
    expect((await dryRun(`SELECT COUNT(*) FROM ${big}`)).billed).toBe(0);
    expect(await realRun(`SELECT MAX(n) FROM ${big}`)).toEqual(
      await dryRun(`SELECT n FROM ${big}`),
    );
  });

  test('10 MB of each small table, once for all its mentions', async () => {
    const small = `(SELECT n FROM ${dataset}.days WHERE day = '2024-01-02')`;
    expect(await dryRun(`SELECT * FROM ${small}`)).toEqual({
      logical: 25 * 16,
      processed: MINIMUM,
      billed: MINIMUM,
    });
    const twice = await dryRun(`SELECT * FROM ${small} UNION ALL SELECT * FROM ${small}`);
    expect(twice.processed).toBe(MINIMUM);
    const two = await dryRun(`SELECT * FROM ${small} UNION ALL SELECT n FROM ${dataset}.big`);
    expect(two.processed).toBe(MINIMUM + 16_000_000);
    expect(two.billed).toBe(26 * 1024 * 1024);
  });

  test('columns that a script adds, as those of the table before', async () => {
    const added = `ALTER TABLE ${dataset}.big ADD COLUMN note STRING`;
    const read = await dryRun(`${added}; SELECT note, n FROM ${dataset}.big`);
    expect(read).toEqual(await dryRun(`SELECT n FROM ${dataset}.big`));
    expect(read.logical).toBeGreaterThan(0);
    const made = `CREATE OR REPLACE TABLE ${dataset}.big AS SELECT 1 AS n`;
    expect((await dryRun(`${made}; SELECT n FROM ${dataset}.big`)).logical).toBe(0);
    await expect(dryRun(`${added}; ${added}`)).rejects.toThrow('Column already exists: note');
  });

  test('partitions by parameters, variables and through views', async () => {
    const oneDay = 25 * 16;
    const query = `SELECT n FROM ${dataset}.days WHERE day = @day`;
    const params = { day: local.client.date('2024-01-03') };
    expect((await dryRun(query, { params })).logical).toBe(oneDay);
    const script = `DECLARE since DATE DEFAULT DATE_SUB('2024-01-05', INTERVAL 2 DAY);
      SELECT n FROM ${dataset}.days WHERE day >= since`;
    expect((await dryRun(script)).logical).toBe(2 * oneDay);
    expect((await realRun(script)).logical).toBe(2 * oneDay);
    const unknown = `DECLARE latest INT64 DEFAULT (SELECT MAX(n) FROM ${dataset}.big);
      SELECT n FROM ${dataset}.days WHERE day > DATE_SUB('2024-01-05', INTERVAL latest DAY)`;
    expect((await dryRun(unknown)).logical).toBe(16_000_000 + 4 * oneDay);
    const view = `SELECT n FROM ${dataset}.daily WHERE the_day < '2024-01-02'`;
    expect((await dryRun(view)).logical).toBe(oneDay);
  });

  test('partitions of hours and months, before 1970, apart from each other and without a moment', async () => {
    const moments = `SELECT TIMESTAMP_ADD(TIMESTAMP '1969-12-30 23:30:00+00', INTERVAL hours HOUR) AS moment
        FROM UNNEST([0, 1, 1, 24, 48, 800000]) AS hours UNION ALL SELECT NULL`;
    for (const unit of ['HOUR', 'DAY', 'MONTH', 'YEAR']) {
      await local.client.query(
        `CREATE TABLE ${dataset}.by_${unit} PARTITION BY TIMESTAMP_TRUNC(moment, ${unit}) AS ${moments}`,
      );
    }
    const logical = async (unit: string, ...starts: string[]): Promise<number> => {
      const list = starts.map((start) => `TIMESTAMP '${start}'`).join(', ');
      const where = `TIMESTAMP_TRUNC(moment, ${unit}) IN (${list})`;
      return (await dryRun(`SELECT moment FROM ${dataset}.by_${unit} WHERE ${where}`)).logical;
    };
    expect(await logical('HOUR', '1969-12-30 23:00:00')).toBe(8);
    expect(await logical('HOUR', '1969-12-31 00:00:00')).toBe(2 * 8);
    expect(await logical('DAY', '1969-12-31')).toBe(3 * 8);
    expect(await logical('DAY', '1969-12-30', '1970-01-01')).toBe(2 * 8);
    expect(await logical('DAY', '1969-12-30', '2061-04-05')).toBe(2 * 8);
    expect(await logical('MONTH', '1969-12-01')).toBe(4 * 8);
    expect(await logical('YEAR', '1969-01-01', '1970-01-01')).toBe(5 * 8);
    expect(
      (await dryRun(`SELECT moment FROM ${dataset}.by_DAY WHERE moment IS NULL`)).logical,
    ).toBe(0);
  });

  test('statements that change tables', async () => {
    const days = `${dataset}.days`;
    const where = "WHERE day = '2024-01-01'";
    const row = 8 + 8 + 5;
    expect((await dryRun(`DELETE ${days} ${where} AND n = 4`)).logical).toBe(25 * (16 + row));
    expect((await dryRun(`UPDATE ${days} SET name = 'x' ${where}`)).logical).toBe(25 * (8 + row));
    expect((await dryRun(`INSERT ${days} (n) SELECT n FROM ${dataset}.big`)).logical).toBe(16e6);
    expect((await dryRun(`TRUNCATE TABLE ${dataset}.big`)).processed).toBe(0);
    expect((await dryRun(`CREATE VIEW ${dataset}.v AS SELECT n FROM ${dataset}.big`)).billed).toBe(
      0,
    );
  });

  test('no partitions that a DELETE empties', async () => {
    const bytesOf = async (filter: string) =>
      (await dryRun(`DELETE ${dataset}.days WHERE ${filter}`)).logical;
    const day = 25 * (16 + 8 + 8 + 5);
    expect(await bytesOf("day = '2024-01-01'")).toBe(0);
    expect(await bytesOf("day <= '2024-01-02' OR day = '2024-01-04'")).toBe(0);
    // What is left of a partition must be read, and what another column decides.
    expect(await bytesOf("day = '2024-01-01' AND n >= 0")).toBe(day);
    await local.client.query(`
      CREATE TABLE ${dataset}.hourly PARTITION BY DATE(seen_at) AS
      SELECT TIMESTAMP_ADD('2024-01-01', INTERVAL n HOUR) AS seen_at, n
      FROM UNNEST(GENERATE_ARRAY(0, 47)) AS n`);
    const hourly = async (filter: string) =>
      (await dryRun(`DELETE ${dataset}.hourly WHERE ${filter}`)).logical;
    expect(await hourly('TRUE')).toBe(0);
    expect(await hourly("seen_at < '2024-01-02'")).toBe(0);
    expect(await hourly("DATE(seen_at) = '2024-01-02'")).toBe(0);
    expect(await hourly("seen_at < '2024-01-02 12:00:00'")).toBe(24 * (8 + 16));
    expect(await hourly("DATE(seen_at) = '2024-01-02' OR n = 4")).toBe(48 * (16 + 16));
  });

  test('of a wildcard, the tables whose suffix is not filtered out', async () => {
    for (const day of ['20240101', '20240102', 'intraday_20240103'])
      await local.client.query(`CREATE TABLE ${dataset}.sharded_${day} AS SELECT 1 AS n`);
    const tables = async (filter: string) =>
      (await dryRun(`SELECT n FROM \`${dataset}.sharded_*\` WHERE ${filter}`)).logical / 8;
    expect(await tables('TRUE')).toBe(3);
    expect(await tables("_TABLE_SUFFIX = '20240102'")).toBe(1);
    expect(await tables("_TABLE_SUFFIX BETWEEN '20240101' AND '20240131'")).toBe(2);
    expect(await tables("_TABLE_SUFFIX IN ('20240101', 'x') AND n > 0")).toBe(1);
    expect(await tables("_TABLE_SUFFIX LIKE 'intraday%'")).toBe(1);
    expect(await tables("REGEXP_CONTAINS(_TABLE_SUFFIX, r'^\\d+$')")).toBe(2);
    expect(await tables("n = 1 OR _TABLE_SUFFIX = '20240102'")).toBe(3);
    // As the statement would, it fails for the suffix that is no date; that is no reason to skip it.
    expect(await tables("PARSE_DATE('%Y%m%d', _TABLE_SUFFIX) > '2024-01-01'")).toBe(2);
  });

  test('a job tells what it did', async () => {
    await local.client.query(`CREATE TABLE ${dataset}.told AS SELECT 1 AS n`);
    const statistics = async (query: string) => {
      const [job] = await local.client.createQueryJob({ query });
      await job.getQueryResults();
      return (await job.getMetadata())[0].statistics.query;
    };
    expect(await statistics(`INSERT ${dataset}.told (n) VALUES (2), (3)`)).toMatchObject({
      statementType: 'INSERT',
      numDmlAffectedRows: '2',
      dmlStats: { insertedRowCount: '2' },
      totalBytesBilled: '0',
    });
    expect(await statistics(`DELETE ${dataset}.told WHERE n = 1`)).toMatchObject({
      statementType: 'DELETE',
      dmlStats: { deletedRowCount: '1' },
      referencedTables: [{ projectId: PROJECT_ID, datasetId: dataset, tableId: 'told' }],
      totalBytesBilled: String(MINIMUM),
    });
    const merge = async (clauses: string) =>
      statistics(`MERGE ${dataset}.told t USING UNNEST([3, 4, 5]) AS n ON t.n = n ${clauses}`);
    const insert = 'WHEN NOT MATCHED THEN INSERT (n) VALUES (n)';
    expect(await merge(`WHEN MATCHED THEN UPDATE SET n = 3 ${insert}`)).toMatchObject({
      numDmlAffectedRows: '3',
      dmlStats: { insertedRowCount: '2', updatedRowCount: '1', deletedRowCount: '0' },
    });
    // 2, 3, 4 and 5 are there now.
    const all = 'WHEN MATCHED AND n = 4 THEN DELETE WHEN MATCHED AND n = 3 THEN UPDATE SET n = 9';
    expect(await merge(`${all} ${insert} WHEN NOT MATCHED BY SOURCE THEN DELETE`)).toMatchObject({
      numDmlAffectedRows: '3',
      dmlStats: { insertedRowCount: '0', updatedRowCount: '1', deletedRowCount: '2' },
    });
    // 5 and 9.
    expect(await merge(`WHEN MATCHED THEN DELETE ${insert}`)).toMatchObject({
      dmlStats: { insertedRowCount: '2', updatedRowCount: '0', deletedRowCount: '1' },
    });
    expect(await statistics(`TRUNCATE TABLE ${dataset}.told`)).toMatchObject({
      dmlStats: { deletedRowCount: '3' },
    });
  });

  test('a change of partitions that a table does not have changes nothing', async () => {
    const table = `${dataset}.pruned`;
    await local.client.query(`CREATE TABLE ${table} PARTITION BY DATE(seen_at) AS
      SELECT TIMESTAMP '2026-01-01 12:00:00+00' AS seen_at, 1 AS n UNION ALL SELECT NULL, 2`);
    const changed = async (query: string) => {
      const [job] = await local.client.createQueryJob({ query });
      await job.getQueryResults();
      return Number((await job.getMetadata())[0].statistics.query.numDmlAffectedRows);
    };
    const onDays = (days: string) => `DATE(seen_at) IN UNNEST(${days})`;
    const none = 'CAST([] AS ARRAY<DATE>)';
    expect(await changed(`DELETE ${table} WHERE ${onDays(none)} AND n > 0`)).toBe(0);
    expect(await changed(`UPDATE ${table} SET n = 3 WHERE ${onDays("[DATE '2026-01-02']")}`)).toBe(
      0,
    );
    expect(await changed(`DELETE ${table} WHERE seen_at < '2026-01-01'`)).toBe(0);
    expect(await changed(`UPDATE ${table} SET n = 3 WHERE DATE(seen_at) = '2026-01-01'`)).toBe(1);
    expect(await changed(`UPDATE ${table} SET n = 4 WHERE seen_at IS NULL`)).toBe(1);
    // What a script made before counts: the day is there then.
    const script = `INSERT ${table} (seen_at, n) VALUES (TIMESTAMP '2026-01-02 00:00:00+00', 5);
      DELETE ${table} WHERE ${onDays("[DATE '2026-01-02']")}`;
    await local.client.query(script);
    expect(await changed(`DELETE ${table} WHERE NOT ${onDays(none)} OR seen_at IS NULL`)).toBe(2);
  });

  test('a size follows the rows', async () => {
    await local.client.query(`CREATE TABLE ${dataset}.growing AS SELECT 1 AS n`);
    const read = `SELECT n FROM ${dataset}.growing`;
    expect((await realRun(read)).logical).toBe(8);
    await local.client
      .dataset(dataset)
      .table('growing')
      .insert([{ n: 2 }, { n: 3 }]);
    expect((await realRun(read)).logical).toBe(24);
    await local.client.query(`DELETE ${dataset}.growing WHERE n > 1`);
    expect((await realRun(read)).logical).toBe(8);
    expect(await tableBytes('growing')).toBe(8);
  });

  test('a limit stops a query before it changes anything', async () => {
    await local.client.query(`CREATE TABLE ${dataset}.kept AS SELECT 1 AS n`);
    const query = `DELETE ${dataset}.kept WHERE n = 1`;
    const error = await errorOf(local.client.query({ query, maximumBytesBilled: '1000000' }));
    expect(error.errors[0]).toMatchObject({
      reason: 'bytesBilledLimitExceeded',
      message: 'Query exceeded limit for bytes billed: 1000000. 10485760 or higher required.',
    });
    expect(await tableBytes('kept')).toBe(8);
  });
});

describe('a required filter over partitions', () => {
  const refusal = (table: string, column: string): object => ({
    reason: 'invalidQuery',
    message: `Cannot query over table '${PROJECT_ID}.${dataset}.${table}' without a filter over column(s) '${column}' that can be used for partition elimination`,
  });

  test.each([
    ['a query', () => `SELECT n FROM ${dataset}.days`],
    ['COUNT(*)', () => `SELECT COUNT(*) FROM ${dataset}.days WHERE n = 1`],
    ['a view', () => `SELECT n FROM ${dataset}.daily`],
    ['DELETE', () => `DELETE ${dataset}.days WHERE n = 1`],
    ['CREATE TABLE AS', () => `CREATE TABLE ${dataset}.copy AS SELECT * FROM ${dataset}.days`],
  ])('%s without it is refused, run or not', async (_, sql) => {
    for (const dryRun of [false, true]) {
      const error = await errorOf(
        local.client
          .createQueryJob({ query: sql(), dryRun })
          .then(([job]) => job.getQueryResults()),
      );
      expect(error.errors[0]).toMatchObject(refusal('days', 'day'));
    }
  });

  test('INSERT needs none', async () => {
    const values = "(DATE '2030-01-01', 1, 'x')";
    await local.client.query(
      `CREATE TABLE ${dataset}.open AS SELECT day, n, name FROM ${dataset}.days WHERE day IS NOT NULL`,
    );
    await local.client.query(`INSERT ${dataset}.days (day, n, name) VALUES ${values};
      DELETE ${dataset}.days WHERE day = '2030-01-01'`);
  });

  test('the API and ALTER TABLE set it', async () => {
    const schema = [{ name: 'at', type: 'TIMESTAMP' }];
    const timePartitioning = { type: 'DAY', field: 'at' };
    const options = { schema, timePartitioning, requirePartitionFilter: true };
    await local.client.dataset(dataset).createTable('moments', options);
    const query = `SELECT * FROM ${dataset}.moments`;
    const error = await errorOf(local.client.query(query));
    expect(error.errors[0]).toMatchObject(refusal('moments', 'at'));
    await local.client
      .dataset(dataset)
      .table('moments')
      .setMetadata({ requirePartitionFilter: false });
    expect(await local.rowsOf(query)).toEqual([]);
    const again = `ALTER TABLE ${dataset}.moments SET OPTIONS (require_partition_filter = TRUE)`;
    await local.client.query(again);
    expect((await errorOf(local.client.query(query))).errors[0]).toMatchObject(
      refusal('moments', 'at'),
    );
    await local.client.query(`${query} WHERE DATE(\`at\`) = '2024-01-01'`);
    const alter = `ALTER TABLE ${dataset}.moments SET OPTIONS (require_partition_filter = FALSE)`;
    await local.client.query(alter);
    expect(await local.rowsOf(query)).toEqual([]);
  });
});
