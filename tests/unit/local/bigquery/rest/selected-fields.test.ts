import { selectFields } from '@tributary/local/bigquery/rest/selected-fields';
import { parseType, printType } from '@tributary/local/bigquery/sql/types';

const columns = [
  { name: 'a', type: parseType('INT64') },
  { name: 'st', type: parseType('STRUCT<x INT64, y STRUCT<z STRING, w STRING>>') },
  { name: 'items', type: parseType('ARRAY<STRUCT<q INT64, r INT64>>') },
];
const selected = (fields: string | null) =>
  selectFields(columns, fields).columns.map(({ name, type }) => `${name} ${printType(type)}`);

test.each([
  [null, columns.map(({ name, type }) => `${name} ${printType(type)}`)],
  ['A', ['a INT64']],
  ['items.r,a', ['a INT64', 'items ARRAY<STRUCT<r INT64>>']],
  ['st.y.w,st.x', ['st STRUCT<x INT64, y STRUCT<w STRING>>']],
  ['st.x,st', ['st STRUCT<x INT64, y STRUCT<z STRING, w STRING>>']],
])('%s', (fields, expected) => {
  expect(selected(fields)).toEqual(expected);
});

test.each(['b', 'a.x', 'st.y.gone', 'items.s'])('%s is refused', (fields) => {
  expect(() => selected(fields)).toThrow(`Invalid field name "${fields}"`);
});
