import { errorOf, type LocalClient, openLocalClient, PROJECT_ID } from '../support/local-client';

jest.setTimeout(60_000);

let local: LocalClient;
beforeAll(async () => {
  local = await openLocalClient();
});
afterAll(() => local?.close());

const rowsOf: LocalClient['rowsOf'] = (query, options) => local.rowsOf(query, options);

/** A query that runs until it is stopped. */
const ENDLESS = `SELECT COUNT(*) AS c
  FROM UNNEST(GENERATE_ARRAY(1, 60000)) AS a, UNNEST(GENERATE_ARRAY(1, 60000)) AS b,
    UNNEST(GENERATE_ARRAY(1, 60000)) AS c WHERE MOD(a * b + c, 7) = 3`;

test('jobs are listed by state and time, in pages, and found by id', async () => {
  const [job] = await local.client.createQueryJob({ query: 'SELECT 1 AS a', jobId: 'known_job' });
  await job.getQueryResults();
  await local.client.createQueryJob({ query: 'SELECT 2 AS a', jobId: 'known_job_2' });
  const createdAt = Number(job.metadata.statistics.creationTime);
  const ids = async (options: object) =>
    (await local.client.getJobs(options))[0].map(({ id }) => id);
  expect(await ids({})).toEqual(expect.arrayContaining(['known_job', 'known_job_2']));
  expect(await ids({ stateFilter: 'done', allUsers: true })).toContain('known_job');
  expect(await ids({ minCreationTime: String(createdAt) })).toContain('known_job');
  expect(await ids({ minCreationTime: String(createdAt + 1e9) })).toEqual([]);
  expect(await ids({ maxCreationTime: String(createdAt - 1) })).not.toContain('known_job');
  expect(await ids({ parentJobId: 'known_job' })).toEqual([]);
  expect(await ids({ maxResults: 1, autoPaginate: false })).toHaveLength(1);
  const [full] = await local.client.getJobs({ projection: 'full' } as object);
  expect(full.every(({ metadata }) => metadata.configuration.jobType)).toBe(true);
  expect(await errorOf(local.client.getJobs({ stateFilter: 'gone' } as object))).toMatchObject({
    code: 400,
  });
  expect(await errorOf(local.client.job('unknown_job').getMetadata())).toMatchObject({ code: 404 });
  expect(await local.client.job('known_job').exists()).toEqual([true]);
});

test('a job id runs once', async () => {
  const start = () => local.client.createQueryJob({ query: 'SELECT 1', jobId: 'only_once' });
  await start();
  expect(await errorOf(start())).toMatchObject({ code: 409, errors: [{ reason: 'duplicate' }] });
  const table = local.client.dataset(await local.newDataset()).table('t');
  const load = () =>
    table.load(local.file('once.csv', 'a\n'), {
      schema: { fields: [{ name: 'a', type: 'STRING' }] },
      jobId: 'load_once',
    });
  await load();
  expect(await errorOf(load())).toMatchObject({ code: 409 });
  expect((await table.getMetadata())[0].numRows).toBe('1');
});

test('a query can be cancelled, again too, and a deleted job is gone', async () => {
  const [job] = await local.client.createQueryJob(ENDLESS);
  await job.cancel();
  const error = await errorOf(job.getQueryResults());
  expect(error.errors[0]?.reason).toBe('stopped');
  expect(error.message).toContain('User requested cancellation');
  await job.cancel();
  expect((await job.getMetadata())[0].status).toMatchObject({
    state: 'DONE',
    errorResult: { reason: 'stopped' },
  });
  await job.delete();
  expect(await job.exists()).toEqual([false]);
});

test('a job stops at its timeout', async () => {
  const error = await errorOf(local.client.query({ query: ENDLESS, jobTimeoutMs: 50 }));
  expect(error.message).toContain('Job timed out after 0.05s');
});

test('an answer that takes too long says that the job is not complete', async () => {
  const answer = await local.send('POST', '/queries', {
    query: ENDLESS,
    useLegacySql: false,
    timeoutMs: 10,
  });
  const body = (await answer.json()) as { jobComplete: boolean; jobReference: { jobId: string } };
  expect(body.jobComplete).toBe(false);
  await local.client.job(body.jobReference.jobId).cancel();
});

describe('options', () => {
  test('a default dataset, labels and a location', async () => {
    const dataset = await local.newDataset();
    await local.client.query(`CREATE TABLE ${dataset}.t AS SELECT 1 AS n`);
    const [job] = await local.client.createQueryJob({
      query: 'SELECT n FROM t',
      defaultDataset: { datasetId: dataset },
      labels: { team: 'x' },
      location: 'EU',
      jobPrefix: 'nightly-',
      priority: 'BATCH',
      useQueryCache: false,
    });
    expect((await job.getQueryResults())[0]).toEqual([{ n: 1 }]);
    expect(job.id).toMatch(/^nightly-/);
    const [metadata] = await job.getMetadata();
    expect(metadata).toMatchObject({
      jobReference: { projectId: PROJECT_ID, location: 'EU' },
      configuration: {
        jobType: 'QUERY',
        labels: { team: 'x' },
        query: { query: 'SELECT n FROM t', defaultDataset: { datasetId: dataset } },
      },
      status: { state: 'DONE' },
      statistics: { query: { statementType: 'SELECT', schema: { fields: [{ name: 'n' }] } } },
    });
    const [rows] = await local.client.dataset(dataset).query('SELECT n FROM t');
    expect(rows).toEqual([{ n: 1 }]);
  });

  test('a destination takes the rows by the dispositions and may get columns', async () => {
    const dataset = local.client.dataset(await local.newDataset());
    const destination = dataset.table('t');
    const day = "DATE '2026-01-01' AS day";
    const run = (query: string, options: object = {}) =>
      local.client.query({ query, destination, ...options });
    expect(
      await errorOf(run(`SELECT 1 AS n`, { createDisposition: 'CREATE_NEVER' })),
    ).toMatchObject({ code: 404 });
    const layout = {
      timePartitioning: { type: 'DAY', field: 'day' },
      clustering: { fields: ['n'] },
    };
    await run(`SELECT 1 AS n, ${day}`, layout);
    expect((await destination.getMetadata())[0]).toMatchObject(layout);
    expect(await errorOf(run(`SELECT 2 AS n, ${day}`))).toMatchObject({ code: 409 });
    await run(`SELECT 2 AS n, ${day}`, { writeDisposition: 'WRITE_APPEND' });
    const wider = `SELECT 3 AS n, ${day}, 'new' AS extra`;
    expect(await errorOf(run(wider, { writeDisposition: 'WRITE_APPEND' }))).toBeDefined();
    await run(wider, {
      writeDisposition: 'WRITE_APPEND',
      schemaUpdateOptions: ['ALLOW_FIELD_ADDITION'],
    });
    expect(await rowsOf(`SELECT n, extra FROM ${dataset.id}.t ORDER BY n`)).toEqual([
      { n: 1, extra: null },
      { n: 2, extra: null },
      { n: 3, extra: 'new' },
    ]);
    await run('SELECT 9 AS other', { writeDisposition: 'WRITE_TRUNCATE' });
    expect(await rowsOf(`SELECT * FROM ${dataset.id}.t`)).toEqual([{ other: 9 }]);
  });

  test('a dry run analyzes and measures, and changes nothing', async () => {
    const dataset = await local.newDataset();
    await local.client.query(`CREATE TABLE ${dataset}.t AS SELECT 1 AS n, DATE '2026-01-01' AS d`);
    const [job] = await local.client.createQueryJob({
      query: `SELECT n FROM ${dataset}.t`,
      dryRun: true,
    });
    const { query, totalBytesProcessed } = job.metadata.statistics;
    expect(query.statementType).toBe('SELECT');
    expect(query.schema.fields).toEqual([{ name: 'n', type: 'INTEGER', mode: 'NULLABLE' }]);
    // At least 10 MB are billed of each table that is read.
    expect(Number(totalBytesProcessed)).toBe(10 * 1024 * 1024);
    const script = `CREATE TABLE ${dataset}.u AS SELECT 1 AS a; SELECT a FROM ${dataset}.u`;
    await local.client.createQueryJob({ query: script, dryRun: true });
    expect(await local.client.dataset(dataset).table('u').exists()).toEqual([false]);
    const error = await errorOf(
      local.client.createQueryJob({ query: 'SELECT nope', dryRun: true }),
    );
    expect(error.errors[0]).toMatchObject({ reason: 'invalidQuery' });
  });

  test('a query that would read too much does not run', async () => {
    const dataset = await local.newDataset();
    await local.client.query(`CREATE TABLE ${dataset}.t AS SELECT 1 AS n`);
    const query = `SELECT n FROM ${dataset}.t`;
    expect(await errorOf(local.client.query({ query, maximumBytesBilled: '1000' }))).toMatchObject({
      errors: [{ reason: 'bytesBilledLimitExceeded' }],
    });
    expect(await rowsOf(query, { maximumBytesBilled: '20000000' })).toEqual([{ n: 1 }]);
  });

  test('a request that is sent again finds the first one and its rows', async () => {
    const dataset = await local.newDataset();
    await local.client.query(`CREATE TABLE ${dataset}.t AS SELECT 1 AS n`);
    const query = { query: `INSERT INTO ${dataset}.t VALUES (2)`, requestId: `again-${dataset}` };
    for (const _ of [1, 2]) await local.send('POST', '/queries', { ...query, useLegacySql: false });
    expect(await rowsOf(`SELECT COUNT(*) AS c FROM ${dataset}.t`)).toEqual([{ c: 2 }]);
  });
});
