import { firstKeyword, isReader } from '@tributary/local/bigquery/jobs/statement-kind';

test.each([
  ['SELECT 1', 'SELECT'],
  ['  -- a comment\n# another\n/* third */ ((select 1))', 'SELECT'],
  ['with x as (select 1) select * from x', 'WITH'],
  ['', ''],
])('%j begins with %s', (text, word) => {
  expect(firstKeyword(text)).toBe(word);
});

test('only what changes nothing is a reader', () => {
  expect(['SELECT 1', 'DECLARE x INT64', 'EXPORT DATA ...'].every(isReader)).toBe(true);
  expect(['INSERT t VALUES (1)', 'CREATE TABLE t', 'BEGIN', 'MERGE t'].some(isReader)).toBe(false);
});
