import {
  type ClientError,
  errorOf,
  type LocalClient,
  openLocalClient,
} from '../support/local-client';

jest.setTimeout(60_000);

let local: LocalClient;
beforeAll(async () => {
  local = await openLocalClient();
});
afterAll(() => local?.close());

const refusal = async (query: string): Promise<ClientError> => errorOf(local.client.query(query));

describe('what is too big for one row or one answer is refused by name, at once', () => {
  test.each([
    ['numbers', 'SELECT ARRAY_AGG(a) AS list FROM big.numbers'],
    ['texts', "SELECT ARRAY_AGG(REPEAT('text', 100)) AS list FROM big.numbers WHERE a <= 300000"],
    ['structs', "SELECT [STRUCT(ARRAY_AGG(a) AS list, 'x' AS name)] AS s FROM big.numbers"],
    [
      'one long text',
      "SELECT STRING_AGG(REPEAT('x', 200), '') AS text FROM big.numbers WHERE a <= 600000",
    ],
  ])('a row of %s above 100 MB', async (_, query) => {
    await numbers();
    const error = await refusal(query);
    expect(error.code).toBe(400);
    expect(error.errors[0]?.reason).toBe('resourcesExceeded');
    expect(error.message).toContain('Cannot query rows larger than 100MB limit');
  });

  test('a row above 20 MB may be stored, but not returned', async () => {
    const list = 'SELECT ARRAY_AGG(a) AS list FROM big.numbers WHERE a <= 1000000';
    await numbers();
    const returned = await refusal(list);
    expect(returned.code).toBe(403);
    expect(returned.errors[0]?.reason).toBe('responseTooLarge');
    await local.client.query(`CREATE OR REPLACE TABLE big.lists AS ${list}`);
    expect(await local.rowsOf('SELECT ARRAY_LENGTH(list) AS n FROM big.lists')).toEqual([
      { n: 1_000_000 },
    ]);
    const listed = await errorOf(local.client.dataset('big').table('lists').getRows());
    expect(listed.errors[0]?.reason).toBe('responseTooLarge');
  });
});

test('pages of wide rows hold as many rows as an answer takes, from queries and from tables', async () => {
  await numbers();
  const wide = 'SELECT n, GENERATE_ARRAY(1, 5000) AS list FROM UNNEST(GENERATE_ARRAY(1, 150)) AS n';
  await local.client.query(`CREATE OR REPLACE TABLE big.wide AS ${wide}`);
  const pages = [
    await local.send('POST', '/queries', { query: wide, useLegacySql: false }),
    await local.send('GET', '/datasets/big/tables/wide/data'),
  ];
  for (const page of pages) {
    const body = (await page.json()) as { rows: unknown[]; totalRows: string; pageToken: string };
    expect(body.totalRows).toBe('150');
    expect(body.pageToken).toBeDefined();
    expect(body.rows.length).toBeGreaterThan(10);
    expect(body.rows.length).toBeLessThan(120);
  }
});

/** Dataset `big` with a table of 4.5 million numbers. */
let made: Promise<unknown> | undefined;
function numbers(): Promise<unknown> {
  made ??= local.client.query(`
    CREATE SCHEMA big;
    CREATE TABLE big.numbers AS SELECT a * 3000 + b AS a
    FROM UNNEST(GENERATE_ARRAY(0, 1499)) AS a, UNNEST(GENERATE_ARRAY(1, 3000)) AS b`);
  return made;
}

test('a script goes on after a result that is too big to be kept in memory', async () => {
  await numbers();
  const rows = await local.rowsOf(
    'SELECT a FROM big.numbers; SELECT COUNT(*) AS n FROM big.numbers',
  );
  expect(rows).toHaveLength(1);
});
