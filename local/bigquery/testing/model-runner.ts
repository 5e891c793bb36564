import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installRuntime } from '../functions';
import { compilerOf } from '../jobs/compiler';
import type { JobOutcome } from '../jobs/job';
import { runQueryJob } from '../jobs/query-job';
import { encodeRows } from '../rest/encode';
import { startAnalyzer } from '../sql/analyzer';
import type { Column, TablePath } from '../sql/catalog';
import { printPath } from '../sql/names';
import { dropDataset } from '../storage/dataset-changes';
import { Storage } from '../storage/storage';
import { type CaseRow, type ModelCase, readModelCase } from './case-files';
import { type CaseTable, ensureDataset, writeTables } from './case-tables';
import { type ComparedRow, chooseKey, compareRows } from './compare-rows';
import { fullRefreshScript, incrementalScript } from './model-script';
import { type CompiledProject, compileProject, type ModelDefinition } from './project';
import { isTable, type ProjectSchemas, pathOf, projectSchemas } from './schemas';

/** Runs the cases of one Dataform project on a local BigQuery of its own. */
export interface ModelRunner {
  readonly project: CompiledProject;
  /** Differences between the rows expected and the rows made, one line each. */
  run(dir: string, model: string, name: string): Promise<string[]>;
  close(): Promise<void>;
}

/** Where expected rows are stored, so that they get the types of the model's columns. */
const EXPECTED: Omit<TablePath, 'project'> = { dataset: 'expected', table: 'expected' };

/** Compiles the project once and starts an empty warehouse in a temporary folder. */
export async function createModelRunner(projectDir: string): Promise<ModelRunner> {
  const project = await compileProject(projectDir);
  const compiler = compilerOf(await startAnalyzer());
  const folder = mkdtempSync(join(tmpdir(), 'tributary-models-'));
  const storage = await Storage.open({ warehouseDir: folder, prepare: installRuntime });
  const runner = new CaseRunner(project, projectSchemas(project, compiler), storage, (script) =>
    runQueryJob(
      { storage, compiler, location: 'EU', clock: () => 0 },
      { query: script },
      project.projectId,
      { attach: () => undefined },
    ),
  );
  return {
    project,
    run: (dir, model, name) => runner.run(readModelCase(dir, model, name)),
    close: async () => {
      await storage.close();
      await compiler.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

class CaseRunner {
  constructor(
    private readonly project: CompiledProject,
    private readonly schemas: ProjectSchemas,
    private readonly storage: Storage,
    private readonly execute: (script: string) => Promise<JobOutcome>,
  ) {}

  async run(modelCase: ModelCase): Promise<string[]> {
    const model = this.project.models.get(modelCase.model);
    if (!model) {
      const errors = this.project.errors.slice(0, 3).join('; ');
      throw new Error(`The project has no model ${modelCase.model}. ${errors}`.trim());
    }
    try {
      await this.writeGiven(model, modelCase);
      await this.runModel(model);
      const differences = await this.compare(model, modelCase.expected);
      const { expectedAfterSecondRun: second, givenThen } = modelCase;
      if (second === undefined) return differences;
      await writeTables(this.storage, await this.tables(model, givenThen));
      await this.runModel(model);
      const later = await this.compare(model, second);
      return [...differences, ...later.map((line) => `after the second run, ${line}`)];
    } finally {
      await this.clear();
    }
  }

  /** Every table that the model reads exists; those that the case does not give are empty. */
  private async writeGiven(model: ModelDefinition, modelCase: ModelCase): Promise<void> {
    const empty = model.dependencyTargets
      .filter((target) => isTable(this.project, target))
      .map(({ name }): [string, readonly CaseRow[]] => [name, []]);
    const inputs = await this.tables(model, new Map([...empty, ...modelCase.given]));
    const own = modelCase.before ? [await this.table(modelCase.model, modelCase.before)] : [];
    await this.storage.write((session) => ensureDataset(session, pathOf(model.target)));
    await writeTables(this.storage, [...inputs, ...own]);
  }

  private async tables(
    model: ModelDefinition,
    given: ReadonlyMap<string, readonly CaseRow[]>,
  ): Promise<CaseTable[]> {
    const tables: CaseTable[] = [];
    for (const [name, rows] of given) {
      if (!model.dependencyTargets.some((target) => target.name === name)) {
        throw new Error(`${model.target.name} does not read ${name}: remove it from the case.`);
      }
      tables.push(await this.table(name, rows));
    }
    return tables;
  }

  private async table(name: string, rows: readonly CaseRow[]): Promise<CaseTable> {
    const target = this.project.models.get(name)?.target ?? this.project.sources.get(name);
    if (!target) throw new Error(`The project has no table ${name}.`);
    return { path: pathOf(target), columns: await this.schemas.columnsOf(name), rows };
  }

  /** As `dataform run` would: incrementally where the model's table exists already. */
  private async runModel(model: ModelDefinition): Promise<void> {
    const existing = this.storage.catalog.find(pathOf(model.target));
    const isIncremental = model.type === 'incremental' && existing !== undefined;
    const columns = existing?.columns.map(({ name }) => name) ?? [];
    await this.execute(
      isIncremental ? incrementalScript(model, columns) : fullRefreshScript(model),
    );
  }

  /** Compares the columns that the expected rows name. */
  private async compare(model: ModelDefinition, expected: readonly CaseRow[]): Promise<string[]> {
    const all = await this.schemas.columnsOf(model.target.name);
    const named = [...new Set(expected.flatMap((row) => Object.keys(row)))];
    const columns = named.flatMap((name) => all.filter((column) => column.name === name));
    const unknown = named.filter((name) => !all.some((column) => column.name === name));
    if (unknown.length > 0) return [`${model.target.name} has no column ${unknown.join(', ')}`];
    if (columns.length === 0) {
      const count = (await this.read(pathOf(model.target), all)).length;
      return count === 0 ? [] : [`expected no rows, found ${count}`];
    }
    const path = { project: this.project.projectId, ...EXPECTED };
    await writeTables(this.storage, [{ path, columns, rows: expected }]);
    const wanted = await this.read(path, columns);
    const found = await this.read(pathOf(model.target), columns);
    await this.storage.write((session) => dropDataset(session, path, true));
    const key = model.uniqueKey.every((name) => named.includes(name)) ? model.uniqueKey : [];
    return compareRows(columns, key.length > 0 ? key : chooseKey(named, wanted), wanted, found);
  }

  private async read(path: TablePath, columns: readonly Column[]): Promise<ComparedRow[]> {
    const names = columns.map(({ name }) => `\`${name}\``).join(', ');
    const { result } = await this.execute(`SELECT ${names} FROM \`${printPath(path)}\``);
    if (!result) return [];
    const values = await result.page(0, result.rowCount);
    result.close();
    return encodeRows(columns, values, { useInt64Timestamp: false }).map(
      (row) => new Map(row.f.map(({ v }, index) => [columns[index]?.name ?? '', v])),
    );
  }

  private async clear(): Promise<void> {
    await this.storage.write(async (session) => {
      for (const { path } of [...session.catalog.datasets.values()]) {
        await dropDataset(session, path, true);
      }
    });
  }
}
