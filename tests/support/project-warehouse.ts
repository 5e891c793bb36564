import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createBigQueryWarehouse } from '@tributary/functions/warehouse/bigquery-warehouse';
import type { Warehouse } from '@tributary/functions/warehouse/warehouse';
import { type LocalBigQueryOptions, startLocalBigQuery } from '@tributary/local/bigquery/server';
import {
  fullRefreshScript,
  incrementalScript,
} from '@tributary/local/bigquery/testing/model-script';
import {
  type CompiledProject,
  compileProject,
  type ModelDefinition,
} from '@tributary/local/bigquery/testing/project';

/** The repository: the Dataform project under test. */
export const projectDir = resolve(__dirname, '../..');

/** A local BigQuery in a temporary folder, with the project's models ready to run on it. */
export interface ProjectWarehouse {
  readonly warehouse: Warehouse;
  /** The models in an order in which each comes after what it reads. */
  readonly models: readonly ModelDefinition[];
  /**
   * Sends what `dataform run` would send, without its command.
   */
  run(options?: RunOptions): Promise<void>;
  /** The assertions of the project that give rows, with how many; of all, or of these alone. */
  failedAssertions(only?: readonly string[]): Promise<string[]>;
  close(): Promise<void>;
}

export interface RunOptions {
  readonly fullRefresh?: boolean;
  /** Only these models and all that they read. */
  readonly only?: readonly string[];
  /** These stand already, with all that they read. */
  readonly without?: readonly string[];
  /** Leaves out what scripts do after the statement that writes their table. */
  readonly stopsBeforePostOperations?: boolean;
}

/** With a second thread a run over few rows takes a third more processor time, spent on waiting. */
export const FEW_ROWS = { threads: 1 };

/** Compiles the project (or that of another folder) and starts an empty warehouse with its raw tables. */
export async function openProjectWarehouse(
  folder = projectDir,
  options: Pick<LocalBigQueryOptions, 'threads'> = FEW_ROWS,
): Promise<ProjectWarehouse> {
  const project = await compileProject(folder);
  if (project.errors.length > 0) throw new Error(project.errors.join('\n'));
  const dir = mkdtempSync(join(tmpdir(), 'tributary-project-'));
  const { projectId: defaultProject } = project;
  const server = await startLocalBigQuery({ warehouseDir: dir, defaultProject, ...options });
  const warehouse = await prepareWarehouse(project, server.url, dir);
  return {
    warehouse,
    models: inOrder(project, [...project.models.keys()]),
    run: (options) => runModels(project, server.url, (sql) => warehouse.query(sql), options),
    async failedAssertions(only) {
      const asked = project.assertions.filter(({ target }) => only?.includes(target.name) ?? true);
      const counts = asked.map(
        ({ target, query }) =>
          `SELECT '${target.name}' AS name, (SELECT COUNT(*) FROM (${query})) AS n`,
      );
      const failed: string[] = [];
      for (const count of counts) {
        const [row] = await warehouse.query<{ name: string; n: number }>(count);
        if (row && row.n > 0) failed.push(`${row.name}: ${row.n} rows`);
      }
      return failed;
    },
    async close() {
      await server.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** The client of an empty local BigQuery, which gets the raw tables and the models' dataset. */
export async function prepareWarehouse(
  project: CompiledProject,
  url: string,
  dir: string,
): Promise<Warehouse> {
  const warehouse = createBigQueryWarehouse({
    projectId: project.projectId,
    rawDataset: 'raw',
    dataset: 'tributary',
    location: 'EU',
    exportBucket: 'exports',
    apiEndpoint: url,
    exportDir: join(dir, 'exports'),
  });
  await warehouse.ensureRawTables();
  await warehouse.query('CREATE SCHEMA tributary');
  return warehouse;
}

/** Sends each model to the local BigQuery at `url`, in an order in which it comes after its inputs. */
export async function runModels(
  project: CompiledProject,
  url: string,
  send: (sql: string) => Promise<unknown>,
  options: RunOptions = {},
): Promise<void> {
  const { only = [...project.models.keys()], without = [], fullRefresh = false } = options;
  const standing = inOrder(project, without);
  for (const model of inOrder(project, only)) {
    if (standing.includes(model)) continue;
    const isKept = !fullRefresh || model.protected;
    const isIncremental = model.type === 'incremental' && isKept;
    const columns = isIncremental ? await columnsOf(url, model) : undefined;
    const sent = options.stopsBeforePostOperations ? { ...model, incrementalPostOps: [] } : model;
    const script = columns ? incrementalScript(sent, columns) : fullRefreshScript(model);
    await send(script).catch((error: Error) => {
      throw new Error(`model ${model.target.name}: ${error.message}`);
    });
  }
}

/** These models and what they read, each after its inputs. */
export function inOrder(project: CompiledProject, names: readonly string[]): ModelDefinition[] {
  const ordered = new Set<ModelDefinition>();
  const visit = (name: string): void => {
    const model = project.models.get(name);
    if (!model || ordered.has(model)) return;
    for (const input of model.dependencyTargets) visit(input.name);
    ordered.add(model);
  };
  for (const name of names) visit(name);
  return [...ordered];
}

/** The columns of a table, as `dataform run` asks for them; undefined where there is no table. */
async function columnsOf(url: string, { target }: ModelDefinition): Promise<string[] | undefined> {
  const { database, schema, name } = target;
  const path = `projects/${database}/datasets/${schema}/tables/${name}`;
  const response = await fetch(`${url}/bigquery/v2/${path}`);
  if (!response.ok) return undefined;
  const table = (await response.json()) as { schema: { fields: { name: string }[] } };
  return table.schema.fields.map((field) => field.name);
}
