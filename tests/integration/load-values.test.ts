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
  ])('%s takes %s', async (type, value, stored) => {
    expect((await load(type, value, format)) as string).toBe(stored);
  });
});
