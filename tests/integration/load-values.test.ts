import { errorOf, type LocalClient, openLocalClient } from '../support/local-client';

jest.setTimeout(60_000);

let local: LocalClient;
beforeAll(async () => {
  local = await openLocalClient();
});
afterAll(() => local?.close());

const FORMATS = ['CSV', 'NEWLINE_DELIMITED_JSON'] as const;

/** Loads one value into a column of a type, and answers what a query reads. */
async function load(type: string, value: string, sourceFormat: string): Promise<unknown> {
  const dataset = await local.newDataset();
  const line = sourceFormat === 'CSV' ? `"${value}"` : JSON.stringify({ a: value });
  const schema = { fields: [{ name: 'a', type }] };
  const file = local.file('value', `${line}\n`);
  await local.client.dataset(dataset).table('t').load(file, { sourceFormat, schema });
  const [row] = await local.rowsOf(`SELECT CAST(a AS STRING) AS a FROM ${dataset}.t`);
  return row?.a;
}

describe.each(FORMATS)('%s', (format) => {
  test.each([
    ['INTEGER', '1_0', 'INT64'],
    ['FLOAT64', '1_0', 'FLOAT64'],
    ['FLOAT64', '1e400', 'FLOAT64'],
    ['FLOAT64', '-1e400', 'FLOAT64'],
    ['TIMESTAMP', '2024-07-01 12:00:00 BST', 'TIMESTAMP'],
    ['TIMESTAMP', '2024-07-01 12:00:00 europe/berlin', 'TIMESTAMP'],
    ['TIMESTAMP', 'infinity', 'TIMESTAMP'],
    ['NUMERIC', '1_0', 'NUMERIC'],
    ['TIMESTAMP', '1_700_000_000', 'TIMESTAMP'],
    ['DATE', '2024-07-01 00:00:00', 'DATE'],
    ['DATE', '2024-07-01Z', 'DATE'],
    ['DATE', '0044-03-15 (BC)', 'DATE'],
    ['DATE', 'infinity', 'DATE'],
    ['TIMESTAMP', '2024-07-01 12:00:00+05:30:15', 'TIMESTAMP'],
    ['TIMESTAMP', '2024-07-01 12:00:00+15:00', 'TIMESTAMP'],
  ])('%s takes no %s', async (type, value, name) => {
    const { message } = await errorOf(load(type, value, format));
    expect(message).toContain(`row 1: could not read '${value}' as ${name} for field a`);
  });

  test.each([
    ['FLOAT64', '1e3', '1000'],
    ['FLOAT64', '.5', '0.5'],
    ['FLOAT64', '-Infinity', '-inf'],
    ['FLOAT64', 'NaN', 'nan'],
    ['NUMERIC', '-1.5', '-1.5'],
    ['DATE', '2024-07-01', '2024-07-01'],
    ['DATE', '2024-7-1', '2024-07-01'],
    ['TIMESTAMP', '1700000000', '2023-11-14 22:13:20+00'],
    ['TIMESTAMP', '2024-07-01 12:00:00 Europe/Berlin', '2024-07-01 10:00:00+00'],
    ['TIMESTAMP', '2024-07-01T12:00:00.5Z', '2024-07-01 12:00:00.500+00'],
    ['TIMESTAMP', '2024-07-01 12:00:00 UTC', '2024-07-01 12:00:00+00'],
    ['TIMESTAMP', '2024-07-01 12:00:00+05:30', '2024-07-01 06:30:00+00'],
    ['TIMESTAMP', '2024-07-01 12:00:00.220 -05:00', '2024-07-01 17:00:00.220+00'],
    ['TIMESTAMP', '2024-07-01 12:00:00+5:45', '2024-07-01 06:15:00+00'],
    ['TIMESTAMP', '2024/07/01 12:11', '2024-07-01 12:11:00+00'],
    ['TIMESTAMP', '2024-07-15', '2024-07-15 00:00:00+00'],
  ])('%s takes %s', async (type, value, stored) => {
    expect((await load(type, value, format)) as string).toBe(stored);
  });
});

describe('an object or an array is no STRING', () => {
  const text = { name: 'a', type: 'STRING' };
  test.each<[string, object, string, string]>([
    ['a column', text, '{"a":{"b":1}}', '{"b":1}'],
    ['a column with an array', text, '{"a" : [1]}', '[1]'],
    ['elements', { ...text, mode: 'REPEATED' }, '{"a":["x",{"b":1}]}', '{"b":1}'],
    ['elements behind a bracket', { ...text, mode: 'REPEATED' }, '{"a":["]",{"b":1}]}', '{"b":1}'],
    ['a field', { name: 'r', type: 'RECORD', fields: [text] }, '{"r":{"a":{"b":1}}}', '{"b":1}'],
    [
      'a field of elements',
      { name: 'r', type: 'RECORD', mode: 'REPEATED', fields: [text] },
      '{"r":[{"a":"x"},{"a":[2]}]}',
      '[2]',
    ],
  ])('%s', async (_, field, line, value) => {
    const dataset = await local.newDataset();
    const options = { sourceFormat: 'NEWLINE_DELIMITED_JSON', schema: { fields: [field] } };
    const file = local.file('nested', `{}\n${line}\n`);
    const loaded = local.client.dataset(dataset).table('t').load(file, options);
    const { message } = await errorOf(loaded);
    expect(message).toMatch(/row 2: could not read '.*' as STRING for field (r\.)?a/);
    const [table] = await local.client.dataset(dataset).createTable('i', { schema: [field] });
    const error = await errorOf(table.insert([JSON.parse(line)]));
    expect(JSON.stringify(error)).toContain(
      JSON.stringify(`Cannot convert value to string: ${value}`).slice(1, -1),
    );
  });

  test('texts that look like one are texts', async () => {
    const dataset = await local.newDataset();
    const file = local.file('texts', `${JSON.stringify({ a: '{"a":[1]}', b: ['[', '{'] })}\n`);
    const schema = { fields: [text, { name: 'b', type: 'STRING', mode: 'REPEATED' }] };
    const options = { sourceFormat: 'NEWLINE_DELIMITED_JSON', schema };
    await local.client.dataset(dataset).table('t').load(file, options);
    const rows = await local.rowsOf(`SELECT a, b FROM ${dataset}.t`);
    expect(rows).toEqual([{ a: '{"a":[1]}', b: ['[', '{'] }]);
  });
});

describe('names of fields in other letters', () => {
  const fields = [
    { name: 'a', type: 'STRING' },
    { name: 'r', type: 'RECORD', fields: [{ name: 'Inner', type: 'INTEGER' }] },
  ];

  test('insertAll takes them, as BigQuery does', async () => {
    const dataset = await local.newDataset();
    const [table] = await local.client.dataset(dataset).createTable('t', { schema: fields });
    await table.insert([{ A: 'x', R: { inner: 1 } }]);
    const rows = await local.rowsOf(`SELECT a, r.Inner FROM ${dataset}.t`);
    expect(rows).toEqual([{ a: 'x', Inner: 1 }]);
  });

  test.each([
    ['{"A":"x"}', false, 'the field A is a in the schema'],
    ['{"a":"x","r":{"inner":1}}', true, 'the field r.inner is Inner in the schema'],
    ['{"a":"x","a":"y"}', false, 'row 1: Object {"a":"x","a":"y"} has duplicate key "a"'],
  ])('a load refuses %s', async (line, ignoreUnknownValues, message) => {
    const dataset = await local.newDataset();
    const file = local.file('letters', `${line}\n`);
    const options = {
      sourceFormat: 'NEWLINE_DELIMITED_JSON',
      schema: { fields },
      ignoreUnknownValues,
    };
    const loaded = local.client.dataset(dataset).table('t').load(file, options);
    expect((await errorOf(loaded)).message).toContain(message);
  });
});
