import { gzipSync } from 'node:zlib';
import { errorOf, type LocalClient, openLocalClient } from '../support/local-client';

jest.setTimeout(60_000);

let local: LocalClient;
beforeAll(async () => {
  local = await openLocalClient();
});
afterAll(() => local?.close());

const newTable = async () => local.client.dataset(await local.newDataset()).table('t');
type Table = Awaited<ReturnType<typeof newTable>>;
const rowsOf = (table: Table) => local.rowsOf(`SELECT * FROM ${table.dataset.id}.${table.id}`);
const rowCount = async (table: Table) => (await table.getMetadata())[0].numRows;

const schema = {
  fields: [
    { name: 'id', type: 'STRING', mode: 'REQUIRED' },
    { name: 'n', type: 'INTEGER' },
    { name: 'amount', type: 'NUMERIC' },
    { name: 'at', type: 'TIMESTAMP' },
    { name: 'data', type: 'JSON' },
    { name: 'items', type: 'RECORD', mode: 'REPEATED', fields: [{ name: 'q', type: 'INTEGER' }] },
  ],
};

describe('NDJSON', () => {
  const sourceFormat = 'NEWLINE_DELIMITED_JSON';

  test('is appended, replaces, and is refused where the table is not empty', async () => {
    const table = await newTable();
    const lines = local.file(
      'rows.ndjson',
      `{"id":"a","n":"1","amount":"0.123456789","at":"2026-01-01 00:00:00 UTC","data":{"k":[1, 1.50],"a":{}},"items":[{"q":2}]}
{"id":"b","n":2,"at":1767225600.5}\n`,
    );
    const options = { sourceFormat, schema };
    await table.load(lines, options);
    // Keys are sorted and numbers have one form: so BigQuery keeps JSON.
    const first = {
      id: 'a',
      n: 1,
      amount: '0.123456789',
      at: { value: '2026-01-01T00:00:00.000000000Z' },
      data: '{"a":{},"k":[1,1.5]}',
      items: [{ q: 2 }],
    };
    const second = {
      id: 'b',
      n: 2,
      amount: null,
      at: { value: '2026-01-01T00:00:00.500000000Z' },
      data: null,
      items: [],
    };
    expect(normalized(await rowsOf(table))).toEqual(normalized([first, second]));
    await table.load(lines, { sourceFormat });
    expect(await rowCount(table)).toBe('4');
    await table.load(lines, { ...options, writeDisposition: 'WRITE_TRUNCATE' });
    expect(await rowCount(table)).toBe('2');
    const full = table.load(lines, { ...options, writeDisposition: 'WRITE_EMPTY' });
    expect((await errorOf(full)).errors[0]?.reason).toBe('duplicate');
    const missing = local.client.dataset(table.dataset.id as string).table('gone');
    const never = missing.load(lines, { ...options, createDisposition: 'CREATE_NEVER' });
    expect((await errorOf(never)).errors[0]?.reason).toBe('notFound');
  });

  /** The client writes as many digits of a second as there are. */
  function normalized(rows: readonly object[]): unknown {
    return JSON.parse(JSON.stringify(rows).replaceAll(/\.(\d*?)0*Z/g, '.$1Z'));
  }

  test.each([
    [
      'a value that is none',
      '{"id":"a"}\n{"id":"b","n":"many"}\n',
      "row 2: could not read 'many' as INT64 for field n",
    ],
    ['a missing required field', '{"id":"a"}\n{"n":1}\n', 'row 2: required field id is missing'],
    ['an unknown field', '{"id":"a","colour":"red"}\n', 'No such field: colour'],
    ['a number with fraction', '{"id":"a","n":1.5}\n', "could not read '1.5' as INT64"],
    ['a number with exponent', '{"id":"a","n":"1e2"}\n', "could not read '1e2' as INT64"],
    [
      'a NULL in an array',
      '{"id":"a","items":[{"q":1}]}\n{"id":"b","items":[{"q":1},null]}\n',
      'row 2: only optional fields can be set to NULL, and array items has a NULL in it',
    ],
    ['an unknown nested field', '{"id":"a","items":[{"p":1}]}\n', 'No such field: items.p'],
    ['a broken line', '{"id":"a"}\n{"id":\n', 'in line 3'],
  ])('%s: nothing is loaded', async (name, text, message) => {
    const table = await newTable();
    await table.create({ schema });
    const error = await errorOf(table.load(local.file(`${name}.ndjson`, text), { sourceFormat }));
    expect(error.message).toContain(message);
    expect(await rowCount(table)).toBe('0');
  });

  test('replaced rows bring their columns, where the load finds or tells them', async () => {
    const table = await newTable();
    const load = (text: string, options: object) =>
      table.load(local.file('columns.csv', text), {
        sourceFormat: 'CSV',
        skipLeadingRows: 1,
        writeDisposition: 'WRITE_TRUNCATE',
        ...options,
      });
    // The client remembers the schema that it has seen.
    const rows = () => local.rowsOf(`SELECT * FROM ${table.dataset.id}.${table.id}`);
    await load('a,b\n1,2\n', { autodetect: true });
    await load('b,a\n10,20\n', { autodetect: true });
    expect(await rows()).toEqual([{ b: 10, a: 20 }]);
    await load('word\nx\n', { autodetect: true });
    expect(await rows()).toEqual([{ word: 'x' }]);
    // Without both the table's columns stay.
    await load('a\ny\n', {});
    expect(await rows()).toEqual([{ word: 'y' }]);
  });

  test('replaced rows keep the column that the table is partitioned by', async () => {
    const table = await newTable();
    await table.create({
      schema: { fields: [{ name: 'day', type: 'DATE' }] },
      timePartitioning: { type: 'DAY', field: 'day' },
    });
    const error = await errorOf(
      table.load(local.file('other.csv', 'n\n1\n'), {
        sourceFormat: 'CSV',
        autodetect: true,
        writeDisposition: 'WRITE_TRUNCATE',
      }),
    );
    expect(error.message).toContain('is partitioned by day, which the new schema lacks');
  });

  test('whole numbers may have signs and a fraction of nothing; NULL fields inside arrays stay', async () => {
    const table = await newTable();
    await table.load(
      local.file('whole.ndjson', '{"id":"a","n":"+7","items":[{"q":2.0},{"q":null}]}'),
      { sourceFormat, schema },
    );
    expect(await local.rowsOf(`SELECT n, items FROM ${table.dataset.id}.t`)).toEqual([
      { n: 7, items: [{ q: 2 }, { q: null }] },
    ]);
  });

  test('a NULL in an array of a record is found', async () => {
    const table = await newTable();
    const record = {
      name: 'r',
      type: 'RECORD',
      fields: [{ name: 'list', type: 'INTEGER', mode: 'REPEATED' }],
    };
    const load = (text: string) =>
      table.load(local.file('nested.ndjson', text), { sourceFormat, schema: { fields: [record] } });
    await load('{"r":{"list":[1,2]}}\n{"r":null}\n{"r":{"list":[]}}');
    expect((await errorOf(load('{"r":{"list":[1,null]}}'))).message).toContain(
      'array r has a NULL',
    );
    expect(await rowCount(table)).toBe('3');
  });

  test('schemas are detected, unknown fields left out, columns added and relaxed, as asked', async () => {
    const table = await newTable();
    const load = (text: string, options: object) =>
      table.load(local.file('update.ndjson', text), { sourceFormat, ...options });
    await load('{"a":1,"day":"2026-01-01","list":[1.5],"st":{"x":true}}', { autodetect: true });
    const { fields } = (await table.getMetadata())[0].schema;
    expect(fields.map(({ type }: { type: string }) => type)).toEqual([
      'INTEGER',
      'DATE',
      'FLOAT',
      'RECORD',
    ]);
    await load('{"a":2,"other":1}', { ignoreUnknownValues: true });
    const wider = {
      fields: [
        { name: 'a', type: 'INTEGER' },
        { name: 'b', type: 'STRING' },
      ],
    };
    expect((await errorOf(load('{"b":"x"}', { schema: wider }))).message).toContain(
      'Cannot add fields (field: b)',
    );
    await load('{"b":"x"}', { schema: wider, schemaUpdateOptions: ['ALLOW_FIELD_ADDITION'] });
    expect(await local.rowsOf(`SELECT a, b FROM ${table.dataset.id}.t ORDER BY a`)).toEqual([
      { a: null, b: 'x' },
      { a: 1, b: null },
      { a: 2, b: null },
    ]);
    const strict = await newTable();
    await strict.create({ schema: { fields: [{ name: 'a', type: 'INTEGER', mode: 'REQUIRED' }] } });
    await strict.load(local.file('relax.ndjson', '{}'), {
      sourceFormat,
      schema: { fields: [{ name: 'a', type: 'INTEGER' }] },
      schemaUpdateOptions: ['ALLOW_FIELD_RELAXATION'],
    });
    expect(await rowsOf(strict)).toEqual([{ a: null }]);
  });

  test('a new table gets its layout and its properties from the job', async () => {
    const table = await newTable();
    const layout = {
      timePartitioning: { type: 'DAY', field: 'at' },
      clustering: { fields: ['id'] },
    };
    await table.load(local.file('layout.ndjson', '{"id":"a"}'), {
      sourceFormat,
      schema,
      ...layout,
      destinationTableProperties: { description: 'loaded', labels: { team: 'x' } },
    });
    expect((await table.getMetadata())[0]).toMatchObject({
      ...layout,
      description: 'loaded',
      labels: { team: 'x' },
    });
  });
});

describe('CSV', () => {
  const fields = (...names: string[]) => ({
    fields: names.map((name) => ({
      name,
      type: name === 'n' ? 'INTEGER' : name === 'day' ? 'DATE' : 'STRING',
    })),
  });
  const three = fields('id', 'n', 'day');

  test.each([
    [
      'quotes, NULLs and a header',
      'id,n,day\n"a ""b"", c",1,2026-01-01\n"",,\n',
      { skipLeadingRows: 1 },
      [
        { id: 'a "b", c', n: 1, day: { value: '2026-01-01' } },
        { id: '', n: null, day: null },
      ],
    ],
    [
      'tabs, other quotes and other NULLs',
      "'a\tb'\t1\t-\n",
      { fieldDelimiter: '\t', quote: "'", nullMarker: '-' },
      [{ id: 'a\tb', n: 1, day: null }],
    ],
    [
      'a delimiter by its name',
      'a\t1\t\n',
      { fieldDelimiter: 'tab' },
      [{ id: 'a', n: 1, day: null }],
    ],
    [
      'rows that end early',
      'a\nb,2\n',
      { allowJaggedRows: true },
      [
        { id: 'a', n: null, day: null },
        { id: 'b', n: 2, day: null },
      ],
    ],
    [
      'rows that go on',
      'a,1,2026-01-01,more\n',
      { ignoreUnknownValues: true },
      [{ id: 'a', n: 1, day: { value: '2026-01-01' } }],
    ],
    [
      'line breaks inside quotes',
      '"a\nb",1,\n',
      { allowQuotedNewlines: true },
      [{ id: 'a\nb', n: 1, day: null }],
    ],
    [
      'another encoding',
      Buffer.from('caf\u00e9,1,\n', 'latin1'),
      { encoding: 'ISO-8859-1' },
      [{ id: 'café', n: 1, day: null }],
    ],
    [
      'compression',
      gzipSync('a,1,2026-01-01\n'),
      {},
      [{ id: 'a', n: 1, day: { value: '2026-01-01' } }],
    ],
  ])('with %s', async (name, content, options, expected) => {
    const table = await newTable();
    await table.load(local.file(`${name}.csv`, content), { schema: three, ...options });
    expect(await rowsOf(table)).toEqual(expected);
  });

  test.each([
    ['a row that ends early', 'a,1\n', 'line 1 has 2 values, the table takes 3: '],
    ['a row that goes on', 'a,1,2026-01-01,more\n', 'line 1 has 4 values, the table takes 3: '],
    [
      'a number with exponent',
      'a,1,\nb,1e2,\n',
      "row 2: could not read '1e2' as INT64 for field n",
    ],
    ['a number with fraction', 'a,1.5,\n', "row 1: could not read '1.5' as INT64 for field n"],
    ["a number in DuckDB's writing", 'a,1_000,\n', "row 1: could not read '1_000'"],
    ['a line break inside quotes', '"a\nb",1,\n', 'set allowQuotedNewlines'],
    ['a value that is none', 'a,1,\nb,x,\n', "row 2: could not read 'x' as INT64 for field n"],
  ])('%s is refused unless it is allowed', async (name, content, message) => {
    const table = await newTable();
    const loading = table.load(local.file(`${name}.csv`, content), { schema: three });
    expect((await errorOf(loading)).message).toContain(message);
    expect(await table.exists()).toEqual([false]);
  });

  test.each([
    ['header', 'key;count\na;1\nb;2\n', {}, ['key', 'count'], '2'],
    ['none', '1,2.5\n2,3.5\n', {}, ['int64_field_0', 'float64_field_1'], '2'],
    [
      'a header to be taken for data',
      'a,b\nc,d\n',
      { skipLeadingRows: 0 },
      ['string_field_0', 'string_field_1'],
      '2',
    ],
    [
      'a line before the header',
      'made today,\nmy key,count\na,1\n',
      { skipLeadingRows: 2 },
      ['my_key', 'count'],
      '1',
    ],
  ])('columns are detected, with %s', async (name, content, options, names, count) => {
    const table = await newTable();
    await table.load(local.file(`detected ${name}.csv`, content), { autodetect: true, ...options });
    const [metadata] = await table.getMetadata();
    expect(metadata.schema.fields.map((field: { name: string }) => field.name)).toEqual(names);
    expect(metadata.numRows).toBe(count);
  });
});
