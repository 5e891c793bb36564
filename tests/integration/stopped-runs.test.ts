import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startLocalBigQuery } from '@tributary/local/bigquery/server';
import { type CompiledProject, compileProject } from '@tributary/local/bigquery/testing/project';
import { loadDemo } from '@tributary/local/demo/load-demo';
import { FEW_ROWS, prepareWarehouse, projectDir, runModels } from '../support/project-warehouse';
import { describeDifference, tableRows } from '../support/table-rows';

jest.setTimeout(300_000);

/** Of these a script has statements after the one that writes the table. */
const TABLES = ['stg_events', 'session_events', 'int_sessions__sessions', 'sessions'];
const SHOP = { persons: 30, days: 8, seed: 7, end: '2026-10-31' };
const SECOND_PART = '2026-10-29T10:17:00Z';

/** In BigQuery each statement of a script stays done, however the script ends. */
test('a run whose scripts stop before their last statements is made up for by the next one', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'tributary-stopped-'));
  const project = await compileProject(projectDir);
  const { projectId: defaultProject } = project;
  const server = await startLocalBigQuery({ warehouseDir: dir, defaultProject, ...FEW_ROWS });
  try {
    const warehouse = await prepareWarehouse(project, server.url, dir);
    const load = { warehouse, clock: () => new Date('2026-11-01T12:00:00Z') };
    const run = (models: CompiledProject, fullRefresh = false) =>
      runModels(models, server.url, (sql) => warehouse.query(sql), { only: TABLES, fullRefresh });
    await loadDemo({ ...load, input: { ...SHOP, receivedBefore: SECOND_PART } });
    await run(project);
    await loadDemo({ ...load, input: { ...SHOP, receivedFrom: SECOND_PART } });
    await run(withoutLastStatements(project));
    await run(project);
    const grown = await tableRows(warehouse, TABLES);
    await run(project, true);
    expect(describeDifference(grown, await tableRows(warehouse, TABLES))).toBe('');
  } finally {
    await server.close();
    rmSync(dir, { recursive: true, force: true });
  }
});

function withoutLastStatements(project: CompiledProject): CompiledProject {
  const models = [...project.models].map(
    ([name, model]) => [name, { ...model, incrementalPostOps: [] as string[] }] as const,
  );
  return { ...project, models: new Map(models) };
}
