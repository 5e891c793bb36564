import { InsertIds } from '@tributary/local/bigquery/rest/insert-ids';

const path = { project: 'p', dataset: 'd', table: 't' };
const MINUTE = 60_000;

test('an id is known in its table for ten minutes', () => {
  let now = 0;
  const ids = new InsertIds(() => now);
  ids.remember(path, ['a']);
  expect([ids.has(path, 'a'), ids.has(path, 'b')]).toEqual([true, false]);
  expect(ids.has({ ...path, table: 'u' }, 'a')).toBe(false);
  now = 9 * MINUTE;
  expect(ids.has(path, 'a')).toBe(true);
  ids.remember(path, ['a']);
  now = 18 * MINUTE;
  expect(ids.has(path, 'a')).toBe(true);
  now = 20 * MINUTE;
  expect(ids.has(path, 'a')).toBe(false);
});
