import { checkDeclarations } from '@tributary/local/bigquery/jobs/declarations';
import { splitScript } from '@tributary/local/bigquery/sql/script';

const check = (script: string) => () => checkDeclarations(splitScript(script));

test.each([
  'SELECT 1',
  'DECLARE x INT64; declare y DEFAULT 1; SET x = 2; SELECT x',
  '-- first\nDECLARE x INT64;',
  'CREATE OR REPLACE PROCEDURE p.f() BEGIN SELECT 1; DECLARE x INT64; END',
  'BEGIN DECLARE x INT64; SELECT x; END',
])('%s is in order', (script) => {
  expect(check(script)).not.toThrow();
});

test.each([
  ['SELECT 1;\n  DECLARE x INT64', '[2:3]'],
  ['BEGIN TRANSACTION; DECLARE x INT64; COMMIT', '[1:20]'],
  ['DECLARE x INT64; SET x = 1; DECLARE y INT64', '[1:29]'],
])('%s is refused with its place', (script, place) => {
  expect(check(script)).toThrow(
    `Variable declarations are allowed only at the start of a block or script: move DECLARE before the other statements at ${place}`,
  );
});
