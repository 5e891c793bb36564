import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CompiledProject, ModelDefinition } from '@tributary/local/bigquery/testing/project';
import { foreignInputs } from '@tributary/local/bigquery/testing/proof/foreign-tables';

const dir = mkdtempSync(join(tmpdir(), 'tributary-foreign-'));
beforeAll(() => {
  mkdirSync(join(dir, 'tests/schemas'), { recursive: true });
  mkdirSync(join(dir, 'tests/proof'));
  writeFileSync(join(dir, 'tests/schemas/export.events_.yaml'), 'id: STRING\nat: TIMESTAMP\n');
  writeFileSync(join(dir, 'tests/schemas/crm.people.yaml'), 'id: STRING\n');
  writeFileSync(join(dir, 'tests/proof/shards.yaml'), "export.events_*: ['', intraday_]\n");
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const target = (schema: string, name: string) => ({ database: 'p', schema, name });
const project = {
  ...{ dir, projectId: 'p', models: new Map() },
  sources: new Map([['orders', target('raw', 'orders')]]),
} as unknown as CompiledProject;

const reading = (query: string): ModelDefinition =>
  ({
    ...{ target: target('d', 'model'), query, preOps: [], postOps: [] },
    ...{ incrementalPreOps: [], incrementalPostOps: [] },
    dependencyTargets: [target('raw', 'orders')],
  }) as unknown as ModelDefinition;

test('finds tables that SQL names without declaring them, wildcards with their kinds', () => {
  const query = `WITH o AS (SELECT * FROM \`p.raw.orders\`)
    SELECT id FROM \`export.events_*\` JOIN \`p\`.crm.people USING (id)
    JOIN \`p.d.model\` USING (id) JOIN o USING (id), o.items`;
  expect(foreignInputs(project, reading(query))).toMatchObject([
    { target: target('export', 'events_*'), shards: ['', 'intraday_'] },
    { target: target('crm', 'people'), columns: [{ name: 'id' }] },
  ]);
});

test('a table whose columns nothing tells is named, with the mend', () => {
  expect(() => foreignInputs(project, reading('SELECT * FROM `p.crm.firms`'))).toThrow(
    /The columns of crm\.firms can't be found: .*; write them to tests\/schemas\/crm\.firms\.yaml\.$/,
  );
});
