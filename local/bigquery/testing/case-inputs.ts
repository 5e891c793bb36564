import { join, relative } from 'node:path';
import type { TablePath } from '../sql/catalog';
import { dropDataset } from '../storage/dataset-changes';
import type { Storage } from '../storage/storage';
import type { CaseRun, ModelCase, TableRows } from './case-files';
import { type CaseTable, ensureDataset, removeRows, replaceRows, writeTables } from './case-tables';
import type { CompiledProject, ModelDefinition, Target } from './project';
import { isTable, type ProjectSchemas, pathOf } from './schemas';
import { allTargets, nameOf, tablesNamed } from './table-names';

/** What the inputs of a case are made of. */
export interface InputEnvironment {
  readonly project: CompiledProject;
  readonly schemas: ProjectSchemas;
  readonly storage: Storage;
}

/** The model that a case folder is named after. Throws where there is none, or several. */
export function modelOf(project: CompiledProject, name: string): ModelDefinition {
  const models = [...project.models.values()];
  const targets = tablesNamed(
    models.map((model) => model.target),
    name,
  );
  const [target] = targets;
  if (!target) throw new Error(`The project has no model ${name}.`);
  if (targets.length > 1) throw new Error(ambiguous(name, targets, 'folder'));
  return models.find((model) => model.target === target) as ModelDefinition;
}

/**
 * Makes what the model reads before its first run: every input exists, those that the case does
 * not give are empty, and the model's own table stands where the case has a `before`.
 */
export async function writeInputs(
  environment: InputEnvironment,
  model: ModelDefinition,
  modelCase: ModelCase,
): Promise<void> {
  refuseStrayColumns(environment, model, modelCase);
  const given = await caseTables(environment, model, modelCase.runs[0]?.added ?? new Map());
  const empty: CaseTable[] = [];
  for (const target of readTargets(environment, model)) {
    const path = pathOf(target);
    if (given.some((table) => isSame(table.path, path))) continue;
    empty.push({ path, ...(await shapeOf(environment, model, target)), rows: [] });
  }
  const own = modelCase.before && {
    path: pathOf(model.target),
    ...(await shapeOf(environment, model, model.target)),
    rows: modelCase.before,
  };
  await environment.storage.write((session) => ensureDataset(session, pathOf(model.target)));
  await writeTables(environment.storage, [...given, ...empty, ...(own ? [own] : [])]);
}

function refuseStrayColumns(
  environment: InputEnvironment,
  model: ModelDefinition,
  { dir }: ModelCase,
): void {
  const { project, schemas } = environment;
  for (const target of readTargets(environment, model)) {
    const name = nameOf(project, target) ?? target.name;
    const stray = schemas.strayColumnsOf(name).find(({ file }) => file.startsWith(join(dir, '/')));
    if (!stray) continue;
    const { file, column, meant } = stray;
    throw new Error(
      `${relative(project.dir, file)}: no model reads ${column}, and no other file has it: write ${meant}, or name the column in tests/schemas/${name}.yaml.`,
    );
  }
}

/** Changes the inputs as a later run says. */
export async function changeInputs(
  environment: InputEnvironment,
  model: ModelDefinition,
  run: CaseRun,
): Promise<void> {
  const { storage } = environment;
  const changes = [
    [run.removed, removeRows],
    [run.replaced, replaceRows],
    [run.added, writeTables],
  ] as const;
  for (const [rows, change] of changes) {
    if (rows.size > 0) await change(storage, await caseTables(environment, model, rows));
  }
}

/** Drops everything, so that the next case begins with nothing. */
export async function clearWarehouse(storage: Storage): Promise<void> {
  await storage.write(async (session) => {
    for (const { path } of [...session.catalog.datasets.values()]) {
      await dropDataset(session, path, true);
    }
  });
}

async function caseTables(
  environment: InputEnvironment,
  model: ModelDefinition,
  rows: TableRows,
): Promise<CaseTable[]> {
  const tables: CaseTable[] = [];
  for (const [name, given] of rows) {
    const target = inputNamed(environment, model, name);
    const shape = await shapeOf(environment, model, target);
    tables.push({ path: pathOf(target), ...shape, rows: given });
  }
  return tables;
}

/** The input that a file is named after. */
function inputNamed(environment: InputEnvironment, model: ModelDefinition, name: string): Target {
  const targets = tablesNamed(readTargets(environment, model), name);
  const [target] = targets;
  if (targets.length > 1) throw new Error(ambiguous(name, targets, 'file'));
  if (target) return target;
  throw new Error(
    tablesNamed(allTargets(environment.project), name).length > 0
      ? `${model.target.name} does not read ${name}: remove it from the case.`
      : `The project has no table ${name}.`,
  );
}

/** What the model reads, each table once. */
function readTargets({ project }: InputEnvironment, model: ModelDefinition): Target[] {
  const own = pathOf(model.target);
  const targets = model.dependencyTargets.filter((target) => isTable(project, target));
  return targets.filter(
    (target, index) =>
      !isSame(pathOf(target), own) &&
      targets.findIndex((other) => isSame(pathOf(other), pathOf(target))) === index,
  );
}

/** What a table is made with, so that BigQuery's refusals over partitions come here too. */
export async function shapeOf(
  { project, schemas }: Pick<InputEnvironment, 'project' | 'schemas'>,
  reader: ModelDefinition,
  target: Target,
): Promise<Pick<CaseTable, 'columns' | 'partitioning'>> {
  const name = nameOf(project, target) ?? target.name;
  const partitioning = await schemas.partitioningOf(name);
  // The filter may come from those who read a view.
  const isFilterLater = reader.type === 'view';
  return {
    columns: await schemas.columnsOf(name),
    partitioning:
      partitioning && isFilterLater ? { ...partitioning, requireFilter: false } : partitioning,
  };
}

function ambiguous(name: string, targets: readonly Target[], what: 'file' | 'folder'): string {
  const places = targets.map(({ database, schema }) =>
    targets.every((other) => other.schema === schema) ? `${database}.${schema}` : schema,
  );
  return `${name} is in ${places.join(' and in ')}: name the ${what} ${places[0]}.${name} or ${places[1]}.${name}.`;
}

function isSame(left: TablePath, right: TablePath): boolean {
  return (
    left.project === right.project && left.dataset === right.dataset && left.table === right.table
  );
}
