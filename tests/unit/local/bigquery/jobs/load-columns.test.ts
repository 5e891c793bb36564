import { fromDuckType } from '@tributary/local/bigquery/jobs/load-columns';
import { printType } from '@tributary/local/bigquery/sql/types';

test.each([
  ['BIGINT', 'INT64'],
  ['DECIMAL(18,3)', 'NUMERIC'],
  ['TIMESTAMP WITH TIME ZONE', 'TIMESTAMP'],
  ['VARCHAR[]', 'ARRAY<STRING>'],
  [
    'STRUCT(a INTEGER, "b, c" VARCHAR, d STRUCT(e DOUBLE)[])',
    'STRUCT<a INT64, `b, c` STRING, d ARRAY<STRUCT<e FLOAT64>>>',
  ],
  ['UUID', 'STRING'],
])('%s is %s', (duck, google) => {
  expect(printType(fromDuckType(duck))).toBe(google);
});
