import { errorOf, type LocalClient, openLocalClient } from '../support/local-client';

jest.setTimeout(60_000);

let local: LocalClient;
let numbers: string;
beforeAll(async () => {
  local = await openLocalClient();
  numbers = `${await local.newDataset()}.numbers`;
  // From a million rows on a table is made in steps.
  await local.client.query(
    `CREATE TABLE ${numbers} AS
     SELECT a + 1000 * b AS n FROM UNNEST(GENERATE_ARRAY(0, 999)) AS a, UNNEST(GENERATE_ARRAY(0, 999)) AS b`,
  );
});
afterAll(() => local?.close());

/** Mentions odd twice, and every third of these from within another query. */
const create = (table: string, value = 'n') => `CREATE OR REPLACE TABLE ${table} AS
  WITH odd AS (SELECT ${value} AS n, CAST(n AS STRING) AS text,
    COUNT(*) OVER (PARTITION BY n) AS times FROM ${numbers} WHERE MOD(n, 2) = 1),
  thirds AS (SELECT n FROM odd WHERE MOD(n, 3) = 0)
  SELECT odd.n, text, thirds.n IS NOT NULL AS is_third
  FROM odd LEFT JOIN thirds ON thirds.n = odd.n`;

const summary = (table: string) =>
  local.rowsOf(
    `SELECT COUNT(*) AS n, SUM(n) AS sum, COUNTIF(is_third) AS thirds, MIN(text) AS first FROM ${table}`,
  );

const expected = [{ n: 500000, sum: 250000000000, thirds: 166667, first: '1' }];

test('a table of many rows is made in steps, again and over itself', async () => {
  const table = `${await local.newDataset()}.made`;
  await local.client.query(create(table));
  expect(await summary(table)).toEqual(expected);
  await local.client.query(create(table));
  expect(await summary(table)).toEqual(expected);
});

test('a script makes two of them, with views and names of its own in the way', async () => {
  const dataset = await local.newDataset();
  await local.client.query(`CREATE TABLE ${dataset}.with_odd AS SELECT 7 AS n`);
  await local.client.query(`CREATE TEMP TABLE odd AS SELECT 'hidden' AS n;
    ${create(`${dataset}.one`)};
    ${create(`${dataset}.two`)}`);
  expect(await summary(`${dataset}.one`)).toEqual(expected);
  expect(await summary(`${dataset}.two`)).toEqual(expected);
  expect(await local.rowsOf(`SELECT n FROM ${dataset}.with_odd`)).toEqual([{ n: 7 }]);
});

test('where a step or the last one fails, nothing stays and the next is made', async () => {
  const table = `${await local.newDataset()}.made`;
  await local.client.query(create(table));
  for (const failing of [
    create(table, "IF(n = 77777, ERROR('in a step'), n)"),
    create(table).replace(
      'SELECT odd.n',
      "SELECT IF(odd.n = 77777, ERROR('at the end'), odd.n) AS n",
    ),
  ]) {
    expect((await errorOf(local.client.query(failing))).message).toMatch(/in a step|at the end/);
    expect(await summary(table)).toEqual(expected);
  }
  await local.client.query(create(table));
  expect(await summary(table)).toEqual(expected);
});
