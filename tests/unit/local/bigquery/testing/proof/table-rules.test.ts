import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CompiledProject } from '@tributary/local/bigquery/testing/project';
import { ProjectRules } from '@tributary/local/bigquery/testing/proof/table-rules';

const dir = mkdtempSync(join(tmpdir(), 'tributary-rules-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const target = (name: string) => ({ database: 'p', schema: 'd', name });
const UNIQUE = `
SELECT
  *
FROM (
  SELECT
    conversion_id,
    position,
    COUNT(1) AS index_row_count
  FROM \`p.d.touchpoints\`
  GROUP BY conversion_id, position
  ) AS data
WHERE index_row_count > 1
`;
const CONDITIONS = `
SELECT
  'channel IS NOT NULL' AS failing_row_condition,
  *
FROM \`p.d.touchpoints\`
WHERE NOT (channel IS NOT NULL)
UNION ALL
SELECT
  'position > 0' AS failing_row_condition,
  *
FROM \`p.d.touchpoints\`
WHERE NOT (position > 0)
`;
const project = {
  dir,
  models: new Map([['touchpoints', { target: target('touchpoints') }]]),
  sources: new Map([['orders', target('orders')]]),
  assertions: [UNIQUE, CONDITIONS].map((query) => ({ target: target('assertion'), query })),
} as unknown as CompiledProject;

test("reads Dataform's assertions and the contract of raw tables", () => {
  const rules = ProjectRules.of(project);
  const { uniqueKeys, nonNull } = rules.of(target('touchpoints'));
  expect(uniqueKeys).toEqual([['conversion_id', 'position']]);
  expect([...nonNull]).toEqual(['channel']);
  expect(rules.of(target('orders')).nonNull.has('order_id')).toBe(true);
  expect(rules.of(target('unknown')).uniqueKeys).toEqual([]);
});

test('reads the keys that a file states, and refuses a file that states none', () => {
  mkdirSync(join(dir, 'tests/proof'), { recursive: true });
  const file = join(dir, 'tests/proof/keys.yaml');
  writeFileSync(file, 'd.orders: [order_id]\n');
  expect(ProjectRules.of(project).of(target('orders')).uniqueKeys).toEqual([['order_id']]);
  writeFileSync(file, 'orders: order_id\n');
  expect(() => ProjectRules.of(project)).toThrow(/keys\.yaml must name the columns of a key/);
  rmSync(file);
});
