import { errorOf, type LocalClient, openLocalClient } from '../support/local-client';

jest.setTimeout(60_000);

let local: LocalClient;
beforeAll(async () => {
  local = await openLocalClient();
});
afterAll(() => local?.close());

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
  expect(full.every(({ metadata }) => metadata.configuration.query)).toBe(true);
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
