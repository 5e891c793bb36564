import { errorOf, type LocalClient, openLocalClient } from '../support/local-client';

jest.setTimeout(60_000);

let local: LocalClient;
beforeAll(async () => {
  local = await openLocalClient();
});
afterAll(() => local?.close());

const rowsOf: LocalClient['rowsOf'] = (query, options) => local.rowsOf(query, options);

/** A dataset with a table of one column `a`, a view of it, and a view of that. */
async function newViews(): Promise<string> {
  const dataset = await local.newDataset();
  await local.client.query(`
    CREATE TABLE ${dataset}.base AS SELECT 1 AS a;
    CREATE VIEW ${dataset}.near AS SELECT * FROM ${dataset}.base;
    CREATE VIEW ${dataset}.far AS SELECT * FROM ${dataset}.near`);
  // What was read before is remembered; the views must not be read by it later.
  expect(await rowsOf(`SELECT * FROM ${dataset}.far`)).toEqual([{ a: 1 }]);
  return dataset;
}

describe.each(['near', 'far'])('a view whose table is replaced (%s)', (view) => {
  test('has the types of the new one', async () => {
    const dataset = await newViews();
    await local.client.query(`CREATE OR REPLACE TABLE ${dataset}.base AS SELECT 1.6 AS a`);
    expect(await rowsOf(`SELECT a, a * 2 AS b FROM ${dataset}.${view}`)).toEqual([
      { a: 1.6, b: 3.2 },
    ]);
    await local.client.query(`CREATE TABLE ${dataset}.copy AS SELECT a FROM ${dataset}.${view}`);
    expect(await rowsOf(`SELECT a FROM ${dataset}.copy`)).toEqual([{ a: 1.6 }]);
  });

  test('has new columns, and lacks those that are gone', async () => {
    const dataset = await newViews();
    await local.client.query(`ALTER TABLE ${dataset}.base ADD COLUMN b STRING`);
    expect(await rowsOf(`SELECT * FROM ${dataset}.${view}`)).toEqual([{ a: 1, b: null }]);
    await local.client.query(`CREATE OR REPLACE TABLE ${dataset}.base AS SELECT 'x' AS c`);
    expect(await rowsOf(`SELECT * FROM ${dataset}.${view}`)).toEqual([{ c: 'x' }]);
    const gone = local.client.query(`SELECT a FROM ${dataset}.${view}`);
    expect((await errorOf(gone)).message).toContain('Unrecognized name: a');
  });

  test('is so within one script too', async () => {
    const dataset = await newViews();
    const rows = await rowsOf(`
      CREATE OR REPLACE TABLE ${dataset}.base AS SELECT DATE '2024-05-05' AS a;
      SELECT a FROM ${dataset}.${view}`);
    expect(rows).toEqual([{ a: { value: '2024-05-05' } }]);
  });
});

test('a view that cannot be read any more can be replaced and dropped', async () => {
  const dataset = await newViews();
  await local.client.query(`DROP TABLE ${dataset}.base`);
  const broken = errorOf(local.client.query(`SELECT a FROM ${dataset}.far`));
  expect((await broken).message).toContain(`${dataset}.near cannot be read: Not found: Table`);
  await local.client.query(`CREATE OR REPLACE VIEW ${dataset}.near AS SELECT 2 AS a`);
  expect(await rowsOf(`SELECT a FROM ${dataset}.far`)).toEqual([{ a: 2 }]);
  await local.client.query(`DROP VIEW ${dataset}.near`);
});

test('a view cannot come to read itself', async () => {
  const dataset = await newViews();
  const circle = `CREATE OR REPLACE VIEW ${dataset}.near AS SELECT * FROM ${dataset}.far`;
  expect((await errorOf(local.client.query(circle))).message).toContain('would read itself');
  expect(await rowsOf(`SELECT * FROM ${dataset}.far`)).toEqual([{ a: 1 }]);
});
