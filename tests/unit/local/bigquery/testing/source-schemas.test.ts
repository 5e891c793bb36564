import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { printType } from '@tributary/local/bigquery/sql/types';
import type { CompiledProject } from '@tributary/local/bigquery/testing/project';
import { sourceColumns } from '@tributary/local/bigquery/testing/source-schemas';

const target = { database: 'p', schema: 'raw', name: 'orders' };
const twin = { ...target, schema: 'marts' };
const models = new Map([
  ['daily', { target: { ...target, name: 'daily' }, dependencyTargets: [target] }],
  ['weekly', { target: { ...target, name: 'weekly' }, dependencyTargets: [target, twin] }],
  ['marts.orders', { target: twin, dependencyTargets: [target] }],
]);
let dir: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'tributary-schemas-'));
});
afterEach(() => {
  rmSync(dir, { recursive: true, force: true });
});

/** Columns of the declared table raw.orders in a project with these files. */
function columnsWith(files: Readonly<Record<string, string>>) {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, 'tests', name)), { recursive: true });
    writeFileSync(join(dir, 'tests', name), text);
  }
  const project = { dir, models, sources: new Map([['raw.orders', target]]) };
  const columns = sourceColumns(project as unknown as CompiledProject, target);
  return columns?.map(({ name, type, required }) => [name, printType(type), required ?? false]);
}

const given = { 'models/daily/one/given/orders.yaml': '- { order_id: 1 }' };

test('a schema file goes before the rows of cases', () => {
  const schema = 'order_id: STRING\nitems: "ARRAY<STRUCT<sku STRING, n INT64>>"';
  expect(columnsWith({ ...given, 'schemas/raw.orders.yaml': schema })).toEqual([
    ['order_id', 'STRING', false],
    ['items', 'ARRAY<STRUCT<sku STRING, n INT64>>', false],
  ]);
});

test('what bq prints is a schema; REQUIRED columns may be missing from a case', () => {
  const schema = '[{"name": "order_id", "type": "INTEGER", "mode": "REQUIRED"}]';
  expect(columnsWith({ 'schemas/raw.orders.json': schema })).toEqual([
    ['order_id', 'INT64', false],
  ]);
});

test('without a schema file all cases of the project tell the types', () => {
  const more = { 'models/weekly/two/added_2/raw.orders.csv': 'order_id,amount\n2,0.5\n' };
  expect(columnsWith({ ...given, ...more })).toEqual([
    ['order_id', 'INT64', false],
    ['amount', 'FLOAT64', false],
  ]);
});

test('what a file means depends on what the model of its case reads', () => {
  const unclear = { 'models/weekly/two/given/orders.yaml': '- { amount: 1 }' };
  expect(columnsWith({ ...given, ...unclear })).toEqual([['order_id', 'INT64', false]]);
});

test('a table of which nothing is said has no columns', () => {
  expect(columnsWith({})).toBeUndefined();
});

test.each(['- order_id', 'order_id: TEXT', 'order_id: {'])('%s is no schema', (text) => {
  expect(() => columnsWith({ 'schemas/raw.orders.yaml': text })).toThrow(
    /orders\.yaml must be a map of columns to types/,
  );
});
