import type { TableRead } from '@tributary/local/bigquery/sql/bytes/table-read';
import type { TableEntry } from '@tributary/local/bigquery/sql/catalog';
import { duckTable } from '@tributary/local/bigquery/sql/names';
import { parseType } from '@tributary/local/bigquery/sql/types';
import { Workbench } from '../workbench';
import { COLUMN_CASES, PRUNE_CASES } from './reads-cases';

let bench: Workbench;

beforeAll(async () => {
  bench = await Workbench.open();
  addTable('events', {
    id: 'INT64',
    parent_id: 'INT64',
    name: 'STRING',
    moment: 'TIMESTAMP',
    consent: 'STRUCT<ads BOOL, mail BOOL>',
    items: 'ARRAY<STRUCT<sku STRING, price INT64>>',
  });
  addTable('costs', { cost: 'INT64', cost_month: 'DATE' });
  addTable('days', { day: 'DATE', n: 'INT64' }, 'day');
  addTable('times', { moment: 'TIMESTAMP', n: 'INT64' }, 'moment');
  addTable('months', { moment: 'DATETIME', n: 'INT64' }, 'moment', 'MONTH');
  addView('named', { label: 'STRING', id: 'INT64' }, 'SELECT name AS label, id FROM ds.events');
  addView('named_again', { label: 'STRING' }, 'SELECT label FROM ds.named WHERE TRUE');
  addView('daily', { the_day: 'DATE', n: 'INT64' }, 'SELECT day AS the_day, n FROM ds.days');
  await bench.connection.run(`
    CREATE TABLE ${duckTable(pathOf('days'))} AS
      SELECT DATE '2024-01-01' + i::INTEGER AS day, i AS n FROM range(5) AS r(i)
      UNION ALL SELECT NULL, 9;
    CREATE TABLE ${duckTable(pathOf('times'))} AS
      SELECT day + INTERVAL 6 HOUR AS moment, n FROM ${duckTable(pathOf('days'))};
    CREATE TABLE ${duckTable(pathOf('months'))} AS
      SELECT (DATE '2024-01-15' + to_months(i::INTEGER))::TIMESTAMP AS moment, i AS n FROM range(5) AS r(i);
  `);
});

afterAll(() => bench?.close());

const pathOf = (table: string) => ({ project: 'p', dataset: 'ds', table });

function columnsOf(types: Readonly<Record<string, string>>): TableEntry['columns'] {
  return Object.entries(types).map(([name, type]) => ({ name, type: parseType(type) }));
}

function addTable(
  table: string,
  types: Readonly<Record<string, string>>,
  column?: string,
  granularity: 'DAY' | 'MONTH' = 'DAY',
): void {
  const partitioning = column && { partitioning: { column, granularity, requireFilter: true } };
  const entry = { path: pathOf(table), kind: 'TABLE' as const, columns: columnsOf(types) };
  bench.tables.set(`p.ds.${table}`, { ...entry, ...(partitioning || {}) });
}

function addView(table: string, types: Readonly<Record<string, string>>, viewSql: string): void {
  bench.tables.set(`p.ds.${table}`, {
    path: pathOf(table),
    kind: 'VIEW',
    columns: columnsOf(types),
    viewSql,
  });
}

async function readsOf(sql: string): Promise<readonly TableRead[]> {
  const date = { kind: 'DATE' } as const;
  const prepared = await bench.prepare(sql, {
    parameters: {
      mode: 'NAMED',
      values: new Map([['day', { type: date, sql: "DATE '2024-01-03'" }]]),
    },
    variables: new Map([['since', { type: date, sql: "DATE '2024-01-04'" }]]),
  });
  return prepared.reads ?? [];
}

/** 'events(id, consent.ads)'. */
function printRead({ entry, purpose, columns }: TableRead): string {
  const names = columns.map(({ name, path }) => {
    let type = entry.columns.find((column) => column.name === name)?.type;
    const fields = path.map((index) => {
      const struct = type?.kind === 'ARRAY' ? type.element : type;
      const field = struct?.kind === 'STRUCT' ? struct.fields[index] : undefined;
      type = field?.type;
      return `.${field?.name}`;
    });
    return `${name}${fields.join('')}`;
  });
  return `${purpose === 'rewrite' ? '!' : ''}${entry.path.table}(${names.sort().join(', ')})`;
}

describe('columns', () => {
  test.each(COLUMN_CASES)('$title', async ({ sql, reads }) => {
    const expected = reads.map((text) =>
      text.replace(/\((.*)\)/, (_, list: string) => `(${list.split(', ').sort().join(', ')})`),
    );
    const found = (await readsOf(sql)).map(printRead);
    expect(found.sort()).toEqual([...expected].sort());
  });
});

/** The days of the month on which some mention of the table reads rows. */
async function daysRead(reads: readonly TableRead[]): Promise<number[]> {
  const days = new Set<number>();
  for (const { entry, partitions = 'TRUE' } of reads) {
    const column = entry.path.table === 'days' ? 'day' : 'moment';
    const reader = await bench.connection.runAndReadAll(
      `SELECT DISTINCT day(${column}) FROM ${duckTable(entry.path)} WHERE ${partitions} AND ${column} IS NOT NULL`,
    );
    for (const [day] of reader.getRows()) days.add(Number(day));
  }
  return [...days].sort();
}

describe('partitions', () => {
  test.each(PRUNE_CASES)('$title', async ({ from, days }) => {
    const table = /^times WHERE|FROM times\)/.test(from) ? 'times' : 'days';
    const reads = (await readsOf(`SELECT 1 AS one FROM ${from}`)).filter(
      ({ entry }) => entry.path.table === table,
    );
    const isUsable = !reads.some(({ missesFilter }) => missesFilter);
    const mentioned =
      days === 'unusable' ? await Promise.resolve('unusable') : await daysRead(reads);
    expect(isUsable).toBe(days !== 'unusable');
    expect(mentioned).toEqual(days === 'all' ? [1, 2, 3, 4, 5] : days);
  });

  test('a month is read whole', async () => {
    const [read] = await readsOf("SELECT n FROM months WHERE moment > '2024-03-20'");
    const reader = await bench.connection.runAndReadAll(
      `SELECT n FROM ${duckTable(pathOf('months'))} WHERE ${read?.partitions} ORDER BY n`,
    );
    expect(reader.getRows().map(([n]) => Number(n))).toEqual([2, 3, 4]);
  });

  test('DELETE rewrites the partitions of its filter', async () => {
    const reads = await readsOf("DELETE days WHERE day = '2024-01-02' AND n = 1");
    expect(reads.map(({ purpose }) => purpose)).toEqual(['scan', 'rewrite']);
    expect(await daysRead(reads)).toEqual([2]);
  });

  test('MERGE reads the partitions that its condition leaves', async () => {
    const merge = (on: string, clause: string) =>
      readsOf(`MERGE days AS d USING (SELECT 1 AS n) AS s ON d.n = s.n${on} ${clause}`);
    const update = 'WHEN MATCHED THEN UPDATE SET n = 2';
    expect(await daysRead(await merge(" AND d.day = '2024-01-05'", update))).toEqual([5]);
    expect((await merge('', update))[0]?.missesFilter).toBe(true);
    const bySource = `WHEN NOT MATCHED BY SOURCE AND d.day < '2024-01-03' THEN DELETE`;
    expect(await daysRead(await merge('', bySource))).toEqual([1, 2]);
  });
});
