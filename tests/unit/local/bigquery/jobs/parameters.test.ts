import { DuckDBInstance } from '@duckdb/node-api';
import { installRuntime } from '@tributary/local/bigquery/functions';
import { readParameters } from '@tributary/local/bigquery/jobs/parameters';

async function evaluate(sql: string): Promise<unknown> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(`SET TimeZone = 'UTC'`);
  installRuntime(connection);
  const reader = await connection.runAndReadAll(`SELECT ${sql}`);
  return reader.getRowsJson()[0]?.[0];
}

const one = (type: object, value: object) => {
  const parameters = readParameters([
    { name: 'p', parameterType: type as { type: string }, parameterValue: value },
  ]);
  if (parameters.mode !== 'NAMED') throw new Error('expected names');
  return parameters.values.get('p');
};

test.each([
  [{ type: 'STRING' }, { value: "it's" }, "it's"],
  [{ type: 'INT64' }, { value: '-9223372036854775808' }, '-9223372036854775808'],
  [{ type: 'NUMERIC' }, { value: '0.000000001' }, '0.000000001'],
  [{ type: 'BOOL' }, { value: true }, true],
  [{ type: 'TIMESTAMP' }, { value: '2026-01-01 01:00:00+01' }, '2026-01-01 00:00:00+00'],
  [{ type: 'TIMESTAMP' }, { value: '2026-01-01T01:00:00.5Z' }, '2026-01-01 01:00:00.5+00'],
  [{ type: 'TIMESTAMP' }, { value: '2026-07-01 12:00:00 UTC' }, '2026-07-01 12:00:00+00'],
  [{ type: 'FLOAT64' }, { value: '-inf' }, '-Infinity'],
  [{ type: 'STRING' }, { value: null }, null],
  [{ type: 'ARRAY', arrayType: { type: 'INT64' } }, { arrayValues: [{ value: '1' }] }, ['1']],
  [{ type: 'ARRAY', arrayType: { type: 'INT64' } }, { arrayValues: [] }, []],
  [
    { type: 'STRUCT', structTypes: [{ name: 'a b', type: { type: 'STRING' } }] },
    { structValues: { 'a b': { value: 'x' } } },
    { 'a b': 'x' },
  ],
])('%j %j', async (type, value, expected) => {
  expect(await evaluate(one(type, value)?.sql ?? '')).toEqual(expected);
});

test.each([
  ['INT64', '1; DROP TABLE t'],
  ['FLOAT64', 'many'],
  ['DATE', 'yesterday'],
  ['BYTES', 'not base64!'],
])('a %s is never %s', (type, value) => {
  expect(() => one({ type }, { value })).toThrow(`Invalid value for p: '${value}' is no ${type}`);
});

test.each(['1e400', '-1e400'])('a FLOAT64 is never %s', (value) => {
  expect(() => one({ type: 'FLOAT64' }, { value })).toThrow(`'${value}' is out of range`);
});

test('a TIMESTAMP has no zone that BigQuery does not know', async () => {
  const parameter = one({ type: 'TIMESTAMP' }, { value: '2026-01-01 00:00:00 BST' });
  await expect(evaluate(parameter?.sql ?? '')).rejects.toThrow('Invalid time zone: BST');
});

test('parameters without names go by position', () => {
  const parameter = { parameterType: { type: 'INT64' }, parameterValue: { value: '1' } };
  expect(readParameters([parameter, parameter])).toMatchObject({
    mode: 'POSITIONAL',
    values: [{ constant: 1n }, { constant: 1n }],
  });
});
