import type { Compiler, PrepareContext } from '@tributary/local/bigquery/jobs/compiler';
import type { TableEntry } from '@tributary/local/bigquery/sql/catalog';
import { parseType } from '@tributary/local/bigquery/sql/types';
import { memoizingCompiler } from '@tributary/local/bigquery/testing/prepare-memo';

const path = { project: 'p', dataset: 'd', table: 't' };
const entry = (type: string): TableEntry => ({
  path,
  kind: 'TABLE',
  columns: [{ name: 'a', type: parseType(type) }],
});

/** A compiler that looks at one table and counts how often it is asked. */
function countingCompiler() {
  const compiler: Compiler & { count: number } = {
    count: 0,
    split: () => [],
    close: async () => undefined,
    async prepare(sql, { catalog }) {
      compiler.count += 1;
      catalog.find(path);
      return { kind: 'query', sql, columns: [], referenced: [] };
    },
  };
  return compiler;
}

const context = (table: TableEntry | undefined, more: Partial<PrepareContext> = {}) =>
  ({ defaultProject: 'p', catalog: { find: () => table }, ...more }) as PrepareContext;

test('a statement is compiled again only where a table that it reads looks different', async () => {
  const compiler = countingCompiler();
  const memo = memoizingCompiler(compiler);
  for (const table of [
    entry('INT64'),
    entry('INT64'),
    entry('STRING'),
    entry('INT64'),
    undefined,
  ]) {
    await memo.prepare('SELECT a FROM d.t', context(table));
  }
  expect(compiler.count).toBe(3);
});

test('other texts and other default datasets are other statements', async () => {
  const compiler = countingCompiler();
  const memo = memoizingCompiler(compiler);
  const table = entry('INT64');
  await memo.prepare('SELECT 1', context(table));
  await memo.prepare('SELECT 2', context(table));
  await memo.prepare('SELECT 1', context(table, { defaultProject: 'q' }));
  expect(compiler.count).toBe(3);
});

test('a statement with variables depends on their values: it is compiled each time', async () => {
  const compiler = countingCompiler();
  const memo = memoizingCompiler(compiler);
  const variables = new Map([['x', { type: parseType('INT64'), sql: '1' }]]);
  await memo.prepare('SELECT x', context(undefined, { variables }));
  await memo.prepare('SELECT x', context(undefined, { variables }));
  expect(compiler.count).toBe(2);
});
