import { duckTable, quoteString, resolvePath } from '@tributary/local/bigquery/sql/names';

test('a dataset is a schema of its own, whatever its name', () => {
  expect(duckTable({ project: 'a-b', dataset: 'd"q', table: 't' })).toBe('"a-b.d""q"."t"');
  expect(quoteString("it's")).toBe("'it''s'");
});

test('names resolve in any division by backticks', () => {
  const defaults = { defaultProject: 'p', defaultDataset: { project: 'x', dataset: 'd' } };
  const full = { project: 'q', dataset: 'e', table: 't' };
  expect(resolvePath(['q', 'e', 't'], defaults)).toEqual(full);
  expect(resolvePath(['q.e.t'], defaults)).toEqual(full);
  expect(resolvePath(['q.e', 't'], defaults)).toEqual(full);
  expect(resolvePath(['e', 't'], defaults)).toEqual({ ...full, project: 'p' });
  expect(resolvePath(['t'], defaults)).toEqual({ project: 'x', dataset: 'd', table: 't' });
  expect(resolvePath(['t'], { defaultProject: 'p' })).toBeUndefined();
  expect(resolvePath(['a', 'b', 'c', 'd'], defaults)).toBeUndefined();
});
