import { inSteps, lastMentioned } from '@tributary/local/bigquery/jobs/spooled-tables';

const table = (name: string, sql: string, isPlain = false) => ({ name: `"${name}"`, sql, isPlain });

test('what windows make and is mentioned twice becomes a table that knows those before it', () => {
  const steps = inSteps({
    commonTables: [
      table('read', 'FROM t', true),
      table('once', 'FROM "read", "read"'),
      table('few', 'FROM "once"'),
      table('twice', 'SELECT count(*) OVER () FROM "few", "few"'),
      table('again', 'FROM "twice" JOIN "twice"'),
      table('last', 'FROM "again"'),
    ],
    body: 'FROM "last", "again"',
  });
  const before =
    'WITH "read" AS NOT MATERIALIZED (FROM t), "once" AS (FROM "read", "read"), "few" AS (FROM "once") ';
  expect(steps).toEqual({
    spooled: [
      { name: '"twice"', sql: `${before}SELECT count(*) OVER () FROM "few", "few"` },
      { name: '"again"', sql: `${before}FROM "twice" JOIN "twice"` },
    ],
    sql: `${before.trimEnd()}, "last" AS (FROM "again") FROM "last", "again"`,
  });
});

test('a query without such stays as it is', () => {
  const parts = { commonTables: [table('a', 'FROM t')], body: 'FROM "a"' };
  expect(inSteps(parts)).toEqual({ spooled: [], sql: 'WITH "a" AS (FROM t) FROM "a"' });
});

test('a table goes when the last step that mentions it is done', () => {
  const steps = {
    spooled: [
      { name: '"a"', sql: 'FROM t' },
      { name: '"b"', sql: 'FROM "a"' },
      { name: '"c"', sql: 'FROM "a", "b"' },
      { name: '"d"', sql: 'FROM t' },
    ],
    sql: 'FROM "b", "c", "d"',
  };
  expect([0, 1, 2, 3, 4].map((step) => lastMentioned(steps, step))).toEqual([
    [],
    [],
    ['"a"'],
    [],
    ['"b"', '"c"', '"d"'],
  ]);
});
