import {
  readAssignments,
  TRUNCATE,
  UPDATE,
} from '@tributary/local/bigquery/testing/proof/statement-forms';

test('an UPDATE from another table is taken apart', () => {
  const text =
    'UPDATE `p.d.t` AS rows\nSET\n  a = m.a,\n  b = IF(m.b = 1, m.c, NULL)\nFROM m\nWHERE rows.id = m.id';
  const [, name, alias, list = '', from, condition] = UPDATE.exec(text) ?? [];
  expect([name, alias, from, condition]).toEqual(['`p.d.t`', 'rows', 'm', 'rows.id = m.id']);
  expect(readAssignments(list)).toEqual([
    { column: 'a', value: 'm.a' },
    { column: 'b', value: 'IF(m.b = 1, m.c, NULL)' },
  ]);
});

test('a TRUNCATE names its table', () => {
  expect(TRUNCATE.exec('TRUNCATE TABLE `p.d.t`')?.[1]).toBe('`p.d.t`');
});
