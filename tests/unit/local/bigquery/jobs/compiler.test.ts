import { type Compiler, compilerOf } from '@tributary/local/bigquery/jobs/compiler';
import { type Analyzer, startAnalyzer } from '@tributary/local/bigquery/sql/analyzer';
import type { Column, TableEntry } from '@tributary/local/bigquery/sql/catalog';
import type { ScalarKind } from '@tributary/local/bigquery/sql/types';

let analyzer: Analyzer;
let compiler: Compiler;
let analyzed: string[];
let tables: Map<string, TableEntry>;

beforeAll(async () => {
  const real = await startAnalyzer();
  analyzer = {
    ...real,
    analyze: (sql, context) => {
      analyzed.push(sql);
      return real.analyze(sql, context);
    },
  };
  compiler = compilerOf(analyzer);
});
afterAll(() => analyzer.close());
beforeEach(() => {
  analyzed = [];
  tables = new Map();
});

function put(table: string, kind: ScalarKind, viewSql?: string): void {
  const columns: Column[] = [{ name: 'x', type: { kind } }];
  const path = { project: 'p', dataset: 'd', table };
  const entry = { path, columns, kind: viewSql ? ('VIEW' as const) : ('TABLE' as const) };
  tables.set(table, viewSql ? { ...entry, viewSql } : entry);
}

const catalog = { find: (path: { readonly table: string }) => tables.get(path.table) };
const prepare = (sql: string) => compiler.prepare(sql, { catalog, defaultProject: 'p' });

test('a statement is compiled once, and again when a table that it names has changed', async () => {
  put('t', 'INT64');
  const first = await prepare('SELECT x FROM d.t');
  expect(await prepare('SELECT x FROM d.t')).toBe(first);
  expect(analyzed).toHaveLength(1);
  put('t', 'STRING');
  const second = await prepare('SELECT x FROM d.t');
  expect(second).toMatchObject({ columns: [{ name: 'x', type: { kind: 'STRING' } }] });
});

test('a table that was missing is found when it has come', async () => {
  await expect(prepare('SELECT x FROM d.later')).rejects.toThrow('Not found: Table p:d.later');
  put('later', 'BOOL');
  expect(await prepare('SELECT x FROM d.later')).toMatchObject({ kind: 'query' });
});

test('parameters and variables are values: nothing is kept', async () => {
  const type = { kind: 'INT64' } as const;
  for (const sql of ['1', '2']) {
    const variables = new Map([['v', { type, sql }]]);
    const compiled = await compiler.prepare('SELECT v AS x', {
      catalog,
      defaultProject: 'p',
      variables,
    });
    expect(compiled).toMatchObject({ sql: expect.stringContaining(sql) });
  }
});

test('reading a view that was just made resolves nothing but the statement', async () => {
  put('t', 'INT64');
  await prepare('CREATE VIEW d.v AS SELECT x + 1 AS x FROM d.t WHERE x > 0');
  put('v', 'INT64', 'SELECT x + 1 AS x FROM d.t WHERE x > 0');
  analyzed = [];
  const made = await prepare('SELECT SUM(x) AS x FROM d.v');
  expect(analyzed).toEqual(['SELECT SUM(x) AS x FROM d.v']);
  put('t', 'INT64');
  expect(await prepare('SELECT SUM(x) AS x FROM d.v')).toBe(made);
  put('t', 'FLOAT64');
  await prepare('SELECT SUM(x) AS x FROM d.v');
  expect(analyzed).toContain('SELECT x + 1 AS x FROM d.t WHERE x > 0');
});
