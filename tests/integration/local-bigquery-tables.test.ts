import { BigQuery } from '@google-cloud/bigquery';
import { errorOf, type LocalClient, openLocalClient } from '../support/local-client';

jest.setTimeout(60_000);

let local: LocalClient;
beforeAll(async () => {
  local = await openLocalClient();
});
afterAll(() => local?.close());

const rowsOf: LocalClient['rowsOf'] = (query, options) => local.rowsOf(query, options);
const newDataset = async () => local.client.dataset(await local.newDataset());

describe('datasets', () => {
  test('create, list, get, change and delete', async () => {
    const dataset = await newDataset();
    const id = dataset.id as string;
    expect(await errorOf(local.client.createDataset(id))).toMatchObject({ code: 409 });
    await dataset.setMetadata({
      description: 'about it',
      friendlyName: 'It',
      labels: { team: id, tier: '1' },
      defaultTableExpirationMs: '3600000',
    });
    await dataset.setMetadata({ labels: { tier: null } as never });
    expect((await dataset.getMetadata())[0]).toMatchObject({
      location: 'EU',
      description: 'about it',
      friendlyName: 'It',
      labels: { team: id },
      defaultTableExpirationMs: '3600000',
    });
    const list = async (options: object) =>
      (await local.client.getDatasets(options))[0].map((found) => found.id);
    expect(await list({ filter: `labels.team:${id}` })).toEqual([id]);
    expect(await list({ filter: `labels.tier` })).not.toContain(id);
    expect((await list({ maxResults: 1, autoPaginate: false })).length).toBe(1);
    const replaced = await local.send('PUT', `/datasets/${id}`, { labels: { only: 'this' } });
    expect(await replaced.json()).toMatchObject({ labels: { only: 'this' } });
    expect((await dataset.getMetadata())[0].description).toBeUndefined();
    await dataset.createTable('t', { schema: 'a:string' });
    expect((await dataset.getTables())[0].map((table) => table.id)).toEqual(['t']);
    expect(await errorOf(dataset.delete())).toMatchObject({
      code: 400,
      errors: [{ reason: 'resourceInUse' }],
    });
    await dataset.delete({ force: true });
    expect(await dataset.exists()).toEqual([false]);
    expect(await errorOf(dataset.getTables())).toMatchObject({ code: 404 });
  });

  test('have no routines and no models', async () => {
    const dataset = await newDataset();
    expect((await dataset.getRoutines())[0]).toEqual([]);
    expect((await dataset.getModels())[0]).toEqual([]);
    expect(await dataset.routine('r').exists()).toEqual([false]);
    const making = dataset.createRoutine('r', { routineType: 'SCALAR_FUNCTION' });
    expect((await errorOf(making)).message).toContain('does not support routines');
  });
});

describe('tables', () => {
  const fields = [
    { name: 'id', type: 'STRING', mode: 'REQUIRED', description: 'the key' },
    { name: 'at', type: 'TIMESTAMP', mode: 'NULLABLE' },
    {
      name: 'items',
      type: 'RECORD',
      mode: 'REPEATED',
      fields: [{ name: 'sku', type: 'STRING', mode: 'NULLABLE', description: 'stock unit' }],
    },
  ];

  test('keep their schema, descriptions, layout and expiration', async () => {
    const dataset = await newDataset();
    const made = {
      schema: { fields },
      timePartitioning: { type: 'DAY', field: 'at', expirationMs: '86400000' },
      clustering: { fields: ['id'] },
      description: 'one row per id',
      labels: { team: 'x' },
      expirationTime: '4102444800000',
    };
    await dataset.createTable('t', made);
    const table = dataset.table('t');
    expect((await table.getMetadata())[0]).toMatchObject({ type: 'TABLE', numRows: '0', ...made });
    await table.setMetadata({
      clustering: { fields: ['at', 'id'] },
      requirePartitionFilter: true,
      expirationTime: null as never,
      description: 'changed',
    });
    const [changed] = await table.getMetadata();
    expect(changed).toMatchObject({
      clustering: { fields: ['at', 'id'] },
      requirePartitionFilter: true,
      description: 'changed',
      labels: { team: 'x' },
      timePartitioning: made.timePartitioning,
    });
    expect(changed.expirationTime).toBeUndefined();
    // Clients send back what they got, with a change in it.
    await table.setMetadata({ ...changed, labels: { team: 'y' } });
    expect((await table.getMetadata())[0]).toMatchObject({
      ...changed,
      labels: { team: 'y' },
      etag: expect.any(String),
      lastModifiedTime: expect.any(String),
    });
    const other = table.setMetadata({ timePartitioning: { type: 'MONTH', field: 'at' } });
    expect((await errorOf(other)).message).toContain('Cannot change the partitioning');
  });

  test('take new columns, and lose none', async () => {
    const dataset = await newDataset();
    const table = dataset.table('t');
    await table.create({ schema: { fields } });
    const empty = local.client.query(
      `INSERT INTO ${dataset.id}.t (at) VALUES (CURRENT_TIMESTAMP())`,
    );
    expect((await errorOf(empty)).code).toBe(400);
    const relaxed = fields.map((field) => ({
      ...field,
      ...(field.name === 'id' && { mode: 'NULLABLE' }),
    }));
    await table.setMetadata({
      schema: { fields: [...relaxed, { name: 'extra', type: 'INTEGER' }] },
    });
    await local.client.query(`INSERT INTO ${dataset.id}.t (extra) VALUES (7)`);
    expect((await table.getRows())[0]).toEqual([{ id: null, at: null, items: [], extra: 7 }]);
    const gone = table.setMetadata({ schema: { fields: relaxed.slice(0, 1) } });
    expect((await errorOf(gone)).message).toContain('is missing in new schema');
  });

  test('tell their size in all views but BASIC', async () => {
    const dataset = await newDataset();
    await local.client.query(`CREATE TABLE ${dataset.id}.viewed AS SELECT 1 AS a`);
    const table = dataset.table('viewed');
    const [{ schema, ...basic }] = await table.getMetadata({ view: 'BASIC' });
    expect(schema.fields).toMatchObject([{ name: 'a' }]);
    expect([basic.numRows, basic.numBytes]).toEqual([undefined, undefined]);
    for (const view of ['STORAGE_STATS', 'FULL']) {
      const [{ numRows, numBytes }] = await table.getMetadata({ view });
      expect([view, numRows, numBytes]).toEqual([view, '1', '8']);
    }
    expect((await errorOf(table.getMetadata({ view: 'SOME' }))).message).toContain('view');
  });

  test('know how many rows they have after whatever changed them', async () => {
    const dataset = await newDataset();
    const name = `${dataset.id}.counted`;
    const table = dataset.table('counted');
    const check = async (step: string): Promise<void> => {
      const [{ n } = { n: 0 }] = await rowsOf(`SELECT COUNT(*) AS n FROM ${name}`);
      const [{ numRows, numBytes }] = await table.getMetadata();
      expect([step, numRows, numBytes]).toEqual([step, String(n), String(Number(n) * 8)]);
    };
    const steps = [
      `CREATE TABLE ${name} AS SELECT a FROM UNNEST(GENERATE_ARRAY(1, 10)) AS a`,
      `INSERT INTO ${name} SELECT a + 10 FROM ${name}`,
      `DELETE FROM ${name} WHERE a > 15`,
      `UPDATE ${name} SET a = a + 1 WHERE a < 3`,
      `MERGE ${name} AS t USING (SELECT 15 AS a UNION ALL SELECT 99) AS s ON t.a = s.a
       WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT (a) VALUES (s.a)`,
      `ALTER TABLE ${name} SET OPTIONS (description = 'counted')`,
      `INSERT INTO ${name} VALUES (1); DELETE FROM ${name} WHERE a = 1; INSERT INTO ${name} VALUES (1), (1)`,
      `TRUNCATE TABLE ${name}`,
      `INSERT INTO ${name} VALUES (7)`,
      `CREATE OR REPLACE TABLE ${name} AS SELECT a FROM ${name} UNION ALL SELECT 8`,
    ];
    for (const step of steps) {
      await rowsOf(step);
      await check(step);
    }
    await table.setMetadata({ description: 'described' });
    await check('described');
    await table.insert([{ a: 1 }, { a: 2 }]);
    await check('rows that stream in');
    await table.copy(dataset.table('copied'));
    await dataset.table('copied').copy(table, { writeDisposition: 'WRITE_APPEND' });
    await check('copied');
    const failing = `INSERT INTO ${name} VALUES (1); SELECT 1 / 0`;
    expect((await errorOf(rowsOf(failing))).message).toContain('division by zero');
    await check('a failed script');
  });

  test('are listed in pages, exist or not, and go', async () => {
    const dataset = await newDataset();
    for (const id of ['a', 'b', 'c']) await dataset.createTable(id, { schema: 'n:integer' });
    const [first, next] = await dataset.getTables({ maxResults: 2, autoPaginate: false });
    expect(first.map(({ id }) => id)).toEqual(['a', 'b']);
    const [rest] = await dataset.getTables(next as object);
    expect(rest.map(({ id }) => id)).toEqual(['c']);
    expect(await errorOf(dataset.createTable('a', {}))).toMatchObject({ code: 409 });
    await dataset.table('a').delete();
    expect(await dataset.table('a').exists()).toEqual([false]);
    expect(await errorOf(dataset.table('a').delete())).toMatchObject({ code: 404 });
    expect(
      (await dataset.table('a').get({ autoCreate: true, schema: 'n:integer' } as object))[0].id,
    ).toBe('a');
  });

  test('views are analyzed when they are made, expanded where they are read, and change', async () => {
    const dataset = await newDataset();
    await local.client.query(`CREATE TABLE ${dataset.id}.t AS SELECT 1 AS a`);
    await dataset.createTable('v', { view: `SELECT a + 1 AS b FROM ${dataset.id}.t` });
    expect(await rowsOf(`SELECT * FROM ${dataset.id}.v`)).toEqual([{ b: 2 }]);
    const view = dataset.table('v');
    expect((await view.getMetadata())[0]).toMatchObject({
      type: 'VIEW',
      schema: { fields: [{ name: 'b' }] },
    });
    await view.setMetadata({ view: `SELECT a AS c FROM ${dataset.id}.t` });
    expect(await rowsOf(`SELECT * FROM ${dataset.id}.v`)).toEqual([{ c: 1 }]);
    const bad = dataset.createTable('w', { view: `SELECT nope FROM ${dataset.id}.t` });
    expect((await errorOf(bad)).message).toContain('nope');
    const drop = local.client.query(`DROP TABLE ${dataset.id}.v`);
    expect((await errorOf(drop)).message).toContain('write DROP VIEW');
    expect((await errorOf(view.insert({ c: 1 }))).message).toContain('it is a view');
    expect((await errorOf(view.getRows())).message).toContain('query it');
  });
});

describe('streamed rows', () => {
  const schema = { fields: [{ name: 'a', type: 'INTEGER', mode: 'REQUIRED' }] };
  const sum = async (table: { dataset: { id?: string | undefined } }) =>
    (await rowsOf(`SELECT SUM(a) AS a FROM ${table.dataset.id}.t`))[0]?.a;

  test('good rows are stored; bad ones come back with their reason', async () => {
    const table = (await newDataset()).table('t');
    await table.create({ schema });
    await table.insert([{ a: 1 }, { a: 2 }]);
    const mixed = table.insert([{ a: 3 }, { a: 'many' }, {}, { a: 4, b: 5 }], {
      skipInvalidRows: true,
      partialRetries: 0,
    });
    const error = (await errorOf(mixed)) as unknown as {
      name: string;
      errors: { row: object; errors: { message: string; reason: string }[] }[];
    };
    expect(error.name).toBe('PartialFailureError');
    expect(error.errors.map(({ row, errors }) => [row, errors[0]])).toEqual([
      [{ a: 'many' }, { reason: 'invalid', message: 'Cannot convert value to int64: "many"' }],
      [{}, { reason: 'invalid', message: 'Missing required field: a.' }],
      [
        { a: 4, b: 5 },
        { reason: 'invalid', message: 'no such field: b.' },
      ],
    ]);
    expect(await sum(table)).toBe(6);
    const stopped = (await errorOf(
      table.insert([{ a: 7 }, {}], { partialRetries: 0 }),
    )) as never as typeof error;
    expect(stopped.errors.map(({ errors }) => errors[0]?.reason)).toEqual(['stopped', 'invalid']);
    expect(await sum(table)).toBe(6);
    const lists = (await newDataset()).table('lists');
    await lists.create({ schema: { fields: [{ name: 'a', type: 'INTEGER', mode: 'REPEATED' }] } });
    const withNull = lists.insert([{ a: [1, null] }], { partialRetries: 0 });
    expect(((await errorOf(withNull)) as never as typeof error).errors[0]?.errors[0]?.message).toBe(
      'Only optional fields can be set to NULL. Field: a; Value: NULL',
    );
    await table.insert({ a: 4, b: 5 }, { ignoreUnknownValues: true });
    expect(await sum(table)).toBe(10);
  });

  test('a row id is stored once, for a while', async () => {
    const table = (await newDataset()).table('t');
    await table.create({ schema });
    const row = (insertId: string, a: number) => ({ insertId, json: { a } });
    await table.insert([row('one', 1), row('one', 1), row('two', 2)], { raw: true });
    await table.insert([row('two', 2), row('three', 4)], { raw: true });
    expect(await sum(table)).toBe(7);
  });

  test('rows come in from streams, with every type as the client writes it', async () => {
    const dataset = await newDataset();
    const table = dataset.table('t');
    await table.create({ schema: 'a:integer,d:date,ts:timestamp,by_:bytes,j:json' });
    await table.insert({
      a: 1,
      d: BigQuery.date('2026-01-02'),
      ts: new Date('2026-01-02T03:04:05.678Z'),
      by_: Buffer.from('abc'),
      j: JSON.stringify({ b: 1, a: 2 }),
    });
    expect(await rowsOf(`SELECT * FROM ${dataset.id}.t`)).toMatchObject([
      {
        a: 1,
        d: { value: '2026-01-02' },
        ts: { value: '2026-01-02T03:04:05.678Z' },
        by_: { type: 'Buffer', data: [97, 98, 99] },
        j: '{"a":2,"b":1}',
      },
    ]);
    const broken = table.insert({ j: '{' }, { partialRetries: 0 });
    expect(JSON.stringify((await errorOf(broken)).errors)).toContain('Invalid JSON text');
    const stream = table.createInsertStream({ batchOptions: { maxMilliseconds: 10 } } as object);
    const done = new Promise((resolve, reject) =>
      stream.on('response', resolve).on('error', reject),
    );
    stream.write({ a: 2 });
    stream.end();
    await done;
    expect(await rowsOf(`SELECT a FROM ${dataset.id}.t ORDER BY a`)).toEqual([{ a: 1 }, { a: 2 }]);
  });
});
