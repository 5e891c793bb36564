import { parseSchema, printSchema } from '@tributary/local/bigquery/jobs/table-schema';

const fields = [
  { name: 'id', type: 'STRING', mode: 'REQUIRED', description: 'key' },
  { name: 'n', type: 'INTEGER', mode: 'NULLABLE' },
  {
    name: 'items',
    type: 'RECORD',
    mode: 'REPEATED',
    fields: [
      { name: 'price', type: 'NUMERIC', mode: 'NULLABLE', description: 'one unit' },
      { name: 'tags', type: 'STRING', mode: 'REPEATED' },
    ],
  },
];

test('a schema reads back as it was written, nested descriptions included', () => {
  const { columns, fieldDescriptions } = parseSchema(fields);
  expect(printSchema(columns, fieldDescriptions)).toEqual(fields);
});

test.each([
  [
    [
      { name: 'a', type: 'STRING' },
      { name: 'A', type: 'STRING' },
    ],
    'already exists',
  ],
  [[{ name: 'a', type: 'RECORD' }], 'has no schema'],
  [[{ name: 'a', type: 'MONEY' }], 'MONEY'],
  [[{ name: 'a', type: 'STRING', mode: 'MANY' }], 'unknown mode'],
])('%j is refused', (wrong, message) => {
  expect(() => parseSchema(wrong)).toThrow(message);
});
