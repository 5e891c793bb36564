/** What a statement reads: SQL -> 'table(columns) where partitions' for each mention, in order. */
export interface ReadsCase {
  readonly title: string;
  readonly sql: string;
  /** 'events(id, consent.ads)'; '!events' for rows that are rewritten. */
  readonly reads: readonly string[];
}

export const COLUMN_CASES: readonly ReadsCase[] = [
  { title: 'one column', sql: 'SELECT id FROM events', reads: ['events(id)'] },
  {
    title: 'a filter is read too',
    sql: "SELECT id FROM events WHERE name = 'x'",
    reads: ['events(id, name)'],
  },
  {
    title: 'the number of rows costs nothing',
    sql: 'SELECT COUNT(*) FROM events',
    reads: ['events()'],
  },
  {
    title: 'LIMIT does not make it cheaper',
    sql: 'SELECT id FROM events LIMIT 1',
    reads: ['events(id)'],
  },
  { title: 'a star reads all', sql: 'SELECT * FROM costs', reads: ['costs(cost, cost_month)'] },
  {
    title: 'a star behind which one column is used',
    sql: 'SELECT id FROM (SELECT * FROM events)',
    reads: ['events(id)'],
  },
  { title: 'EXCEPT', sql: 'SELECT * EXCEPT (cost) FROM costs', reads: ['costs(cost_month)'] },
  {
    title: 'a field of a struct',
    sql: 'SELECT consent.ads FROM events',
    reads: ['events(consent.ads)'],
  },
  {
    title: 'a struct and its field',
    sql: 'SELECT consent, consent.ads FROM events',
    reads: ['events(consent)'],
  },
  {
    title: 'a field of an array element',
    sql: 'SELECT items[OFFSET(0)].price FROM events',
    reads: ['events(items.price)'],
  },
  {
    title: 'a field of an unnested array',
    sql: 'SELECT item.price FROM events, UNNEST(items) AS item',
    reads: ['events(items.price)'],
  },
  {
    title: 'a correlated look-up',
    sql: "SELECT (SELECT price FROM UNNEST(items) WHERE sku = 'a') FROM events",
    reads: ['events(items.sku, items.price)'],
  },
  {
    title: 'rows counted by an array',
    sql: 'SELECT id FROM events, UNNEST(items)',
    reads: ['events(id, items)'],
  },
  {
    title: 'a struct that is made and taken apart',
    sql: 'SELECT both.a FROM (SELECT STRUCT(id AS a, name AS b) AS both FROM events)',
    reads: ['events(id)'],
  },
  {
    title: 'WITH queries, unused ones free',
    sql: 'WITH a AS (SELECT * FROM events), b AS (SELECT * FROM costs) SELECT id FROM a',
    reads: ['events(id)'],
  },
  {
    title: 'a WITH query mentioned twice',
    sql: 'WITH a AS (SELECT * FROM events) SELECT x.id FROM a AS x JOIN a AS y ON x.id = y.parent_id',
    reads: ['events(id, parent_id)'],
  },
  {
    title: 'a WITH query of a WITH query',
    sql: 'WITH a AS (SELECT * FROM events), b AS (SELECT name, id FROM a) SELECT name FROM b',
    reads: ['events(name)'],
  },
  {
    title: 'keys of GROUP BY, used aggregates only',
    sql: 'SELECT n FROM (SELECT name AS n, SUM(id) AS s FROM events GROUP BY name)',
    reads: ['events(name)'],
  },
  {
    title: 'HAVING',
    sql: 'SELECT name FROM events GROUP BY name HAVING MAX(id) > 1',
    reads: ['events(id, name)'],
  },
  {
    title: 'a window with its order',
    sql: 'SELECT ROW_NUMBER() OVER (PARTITION BY name ORDER BY id) FROM events',
    reads: ['events(id, name)'],
  },
  {
    title: 'a window that nobody uses',
    sql: 'SELECT name FROM (SELECT name, SUM(id) OVER () AS s FROM events)',
    reads: ['events(name)'],
  },
  {
    title: 'UNION ALL by position',
    sql: 'SELECT a FROM (SELECT id AS a, name AS b FROM events UNION ALL SELECT parent_id, name FROM events)',
    reads: ['events(id)', 'events(parent_id)'],
  },
  {
    title: 'UNION DISTINCT compares all',
    sql: 'SELECT a FROM (SELECT id AS a, name AS b FROM events UNION DISTINCT SELECT 1, "x")',
    reads: ['events(id, name)'],
  },
  {
    title: 'EXISTS reads its condition alone',
    sql: 'SELECT 1 AS one FROM costs WHERE EXISTS (SELECT * FROM events WHERE id = 1)',
    reads: ['events(id)', 'costs()'],
  },
  {
    title: 'IN reads its column',
    sql: 'SELECT 1 AS one FROM costs WHERE 1 IN (SELECT id FROM events)',
    reads: ['events(id)', 'costs()'],
  },
  { title: 'ORDER BY', sql: 'SELECT id FROM events ORDER BY name', reads: ['events(id, name)'] },
  {
    title: 'a view reads what is asked of it',
    sql: 'SELECT label FROM named',
    reads: ['events(name)'],
  },
  {
    title: 'a view of a view',
    sql: 'SELECT COUNT(label) FROM named_again',
    reads: ['events(name)'],
  },
  {
    title: 'a recursive query',
    sql: 'WITH RECURSIVE tree AS (SELECT id FROM events UNION ALL SELECT e.id FROM events AS e JOIN tree ON e.parent_id = tree.id) SELECT id FROM tree',
    reads: ['events(id, parent_id)', 'events(id)'],
  },
  {
    title: 'QUALIFY',
    sql: 'SELECT id FROM events QUALIFY ROW_NUMBER() OVER (ORDER BY moment) = 1',
    reads: ['events(id, moment)'],
  },
  {
    title: 'CREATE TABLE AS',
    sql: 'CREATE TABLE ds.made AS SELECT id FROM events',
    reads: ['events(id)'],
  },
  {
    title: 'CREATE VIEW is free',
    sql: 'CREATE VIEW ds.made AS SELECT id FROM ds.events',
    reads: [],
  },
  {
    title: 'INSERT reads its source',
    sql: 'INSERT costs (cost) SELECT id FROM events',
    reads: ['events(id)'],
  },
  { title: 'INSERT of values', sql: 'INSERT costs (cost) VALUES (1)', reads: [] },
  {
    title: 'DELETE rewrites',
    sql: 'DELETE costs WHERE cost = 1',
    reads: ['costs(cost)', '!costs(cost, cost_month)'],
  },
  {
    title: 'UPDATE reads what it computes from',
    sql: 'UPDATE costs SET cost = e.id FROM events AS e WHERE e.parent_id = cost',
    reads: ['events(id, parent_id)', 'costs(cost)', '!costs(cost, cost_month)'],
  },
  {
    title: 'MERGE that inserts only',
    sql: 'MERGE costs USING (SELECT id FROM events) AS e ON cost = e.id WHEN NOT MATCHED THEN INSERT (cost) VALUES (e.id)',
    reads: ['events(id)', 'costs(cost)'],
  },
  {
    title: 'MERGE that changes',
    sql: 'MERGE costs USING (SELECT id FROM events) AS e ON cost = e.id WHEN MATCHED THEN DELETE',
    reads: ['events(id)', 'costs(cost)', '!costs(cost, cost_month)'],
  },
  { title: 'ASSERT', sql: 'ASSERT (SELECT COUNT(id) FROM events) > 0', reads: ['events(id)'] },
  { title: 'TRUNCATE is free', sql: 'TRUNCATE TABLE costs', reads: [] },
];

/** A filter, and the days of January 2024 that it leaves of a table by day; '' for none. */
export interface PruneCase {
  readonly title: string;
  readonly from: string;
  /** Days, or 'all' where nothing is pruned, or 'unusable' where it does not count as a filter. */
  readonly days: readonly number[] | 'all' | 'unusable';
}

const date = (day: number): string => `DATE '2024-01-0${day}'`;

export const PRUNE_CASES: readonly PruneCase[] = [
  { title: 'no filter', from: 'days', days: 'unusable' },
  { title: '=', from: `days WHERE day = ${date(2)}`, days: [2] },
  { title: 'a constant on the left', from: `days WHERE ${date(4)} <= day`, days: [4, 5] },
  { title: '<', from: `days WHERE day < ${date(2)}`, days: [1] },
  { title: '<=', from: `days WHERE day <= ${date(2)}`, days: [1, 2] },
  { title: '>', from: `days WHERE day > ${date(4)}`, days: [5] },
  { title: 'a text as date', from: "days WHERE day = '2024-01-03'", days: [3] },
  { title: 'BETWEEN', from: `days WHERE day BETWEEN ${date(2)} AND ${date(3)}`, days: [2, 3] },
  { title: 'IN', from: `days WHERE day IN (${date(1)}, ${date(5)})`, days: [1, 5] },
  { title: 'IN UNNEST', from: `days WHERE day IN UNNEST([${date(1)}, ${date(4)}])`, days: [1, 4] },
  {
    title: 'AND',
    from: `days WHERE day > ${date(1)} AND day < ${date(4)} AND n > 0`,
    days: [2, 3],
  },
  { title: 'OR', from: `days WHERE day = ${date(1)} OR day = ${date(5)}`, days: [1, 5] },
  {
    title: 'OR with another column',
    from: `days WHERE day = ${date(1)} OR n = 1`,
    days: 'unusable',
  },
  {
    title: 'a function of constants',
    from: `days WHERE day >= DATE_SUB(${date(5)}, INTERVAL 1 DAY)`,
    days: [4, 5],
  },
  { title: 'IS NULL', from: 'days WHERE day IS NULL', days: [] },
  { title: 'IS NOT NULL', from: 'days WHERE day IS NOT NULL', days: [1, 2, 3, 4, 5] },
  {
    title: 'NOT is a filter that does not prune',
    from: `days WHERE day != ${date(1)}`,
    days: 'all',
  },
  {
    title: 'a subquery',
    from: 'days WHERE day = (SELECT MAX(day) FROM days WHERE day IS NOT NULL)',
    days: 'unusable',
  },
  { title: 'another column', from: 'days WHERE n = 1', days: 'unusable' },
  { title: 'a parameter', from: 'days WHERE day = @day', days: [3] },
  { title: 'a variable', from: 'days WHERE day >= since', days: [4, 5] },
  { title: 'through a query', from: `(SELECT * FROM days) WHERE day = ${date(2)}`, days: [2] },
  {
    title: 'through another name',
    from: `(SELECT day AS d FROM days) WHERE d = ${date(2)}`,
    days: [2],
  },
  {
    title: 'through WITH',
    from: `(WITH a AS (SELECT * FROM days) SELECT * FROM a) WHERE day = ${date(2)}`,
    days: [2],
  },
  { title: 'through a view', from: `daily WHERE the_day = ${date(2)}`, days: [2] },
  {
    title: 'through GROUP BY',
    from: `(SELECT day, SUM(n) AS s FROM days GROUP BY day) WHERE day = ${date(2)}`,
    days: [2],
  },
  {
    title: 'not through an aggregate',
    from: `(SELECT MAX(day) AS day FROM days) WHERE day = ${date(2)}`,
    days: 'unusable',
  },
  {
    title: 'not through LIMIT',
    from: `(SELECT * FROM days LIMIT 9) WHERE day = ${date(2)}`,
    days: 'unusable',
  },
  {
    title: 'not through a window',
    from: `(SELECT day, SUM(n) OVER () AS s FROM days) WHERE day = ${date(2)}`,
    days: 'unusable',
  },
  {
    title: 'through PARTITION BY',
    from: `(SELECT day, SUM(n) OVER (PARTITION BY day) AS s FROM days) WHERE day = ${date(2)}`,
    days: [2],
  },
  {
    title: 'through UNION ALL',
    from: `(SELECT day FROM days UNION ALL SELECT ${date(1)}) WHERE day = ${date(2)}`,
    days: [2],
  },
  {
    title: 'one side of a join',
    from: `days AS a JOIN times AS b ON a.n = b.n WHERE a.day = ${date(2)} AND b.moment > '2024-01-01'`,
    days: [2],
  },
  {
    title: 'the condition of a join',
    from: `times AS b LEFT JOIN days AS a ON a.n = b.n AND a.day = ${date(2)}`,
    days: [2],
  },
  {
    title: 'the kept side of an outer join is not pruned by ON',
    from: `days AS a LEFT JOIN times AS b ON a.n = b.n AND a.day = ${date(2)}`,
    days: 'unusable',
  },
  {
    title: 'a filter behind an outer join',
    from: `times AS b LEFT JOIN days AS a ON a.n = b.n WHERE a.day = ${date(2)}`,
    days: [2],
  },
  {
    title: 'IS NULL behind an outer join',
    from: 'times AS b LEFT JOIN days AS a ON a.n = b.n WHERE a.day IS NULL',
    days: 'unusable',
  },
  {
    title: 'a join with days prunes nothing',
    from: 'days AS a JOIN times AS b ON a.day = DATE(b.moment)',
    days: 'unusable',
  },
  {
    title: 'a time in a table by day keeps its day',
    from: "times WHERE moment >= '2024-01-04 12:00:00'",
    days: [4, 5],
  },
  {
    title: 'a time before noon',
    from: "times WHERE moment < TIMESTAMP '2024-01-02 00:00:00'",
    days: [1],
  },
  { title: 'DATE of a time', from: `times WHERE DATE(moment) = ${date(2)}`, days: [2] },
  { title: 'EXTRACT(DATE)', from: `times WHERE EXTRACT(DATE FROM moment) < ${date(2)}`, days: [1] },
  { title: 'CAST AS DATE', from: `times WHERE CAST(moment AS DATE) > ${date(4)}`, days: [5] },
  {
    title: 'TIMESTAMP_TRUNC',
    from: "times WHERE TIMESTAMP_TRUNC(moment, DAY) = '2024-01-03'",
    days: [3],
  },
  {
    title: 'DATE of a time, named in a query',
    from: `(SELECT DATE(moment) AS d FROM times) WHERE d = ${date(2)}`,
    days: [2],
  },
  {
    title: 'DATE in a time zone is a filter that does not prune',
    from: `times WHERE DATE(moment, 'Europe/Berlin') = ${date(2)}`,
    days: 'all',
  },
  {
    title: 'two mentions together',
    from: `(SELECT day FROM days WHERE day = ${date(1)} UNION ALL SELECT day FROM days WHERE day = ${date(3)})`,
    days: [1, 3],
  },
];
