import { inSteps } from '@tributary/local/bigquery/jobs/spooled-tables';

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
