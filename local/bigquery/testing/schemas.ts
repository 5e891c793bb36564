import { rawTables } from '@tributary/functions/shared/raw-tables';
import type { Compiler } from '../jobs/compiler';
import { analyzeScript } from '../jobs/script';
import { parseSchema } from '../jobs/table-schema';
import type { Column, TablePath } from '../sql/catalog';
import { CatalogEdit } from '../storage/catalog-edit';
import { CatalogSnapshot } from '../storage/catalog-snapshot';
import { type StoredTable, tableKey } from '../storage/entries';
import { fullRefreshScript } from './model-script';
import type { CompiledProject, Target } from './project';

/** Columns of every table of the project, found without running anything. */
export interface ProjectSchemas {
  /** Columns of a model (as its query gives them) or of a raw table. */
  columnsOf(name: string): Promise<readonly Column[]>;
}

/**
 * Analyzes models on demand, upstream first. Types of raw tables come from their contract, types
 * of models from the analysis of their query.
 */
export function projectSchemas(project: CompiledProject, compiler: Compiler): ProjectSchemas {
  const known = new Map<string, Promise<readonly Column[]>>();

  const columnsOf = (name: string): Promise<readonly Column[]> => {
    let columns = known.get(name);
    if (!columns) {
      columns = project.models.has(name)
        ? analyzeModel(name).catch((error: Error) => {
            throw error.message.startsWith('model ')
              ? error
              : new Error(`model ${name}: ${error.message}`);
          })
        : rawColumns(name);
      known.set(name, columns);
    }
    return columns;
  };

  const analyzeModel = async (name: string): Promise<readonly Column[]> => {
    const model = project.models.get(name);
    if (!model) return [];
    const tables = new Map<string, StoredTable>();
    for (const target of model.dependencyTargets.filter((it) => isTable(project, it))) {
      const path = pathOf(target);
      const columns = await columnsOf(target.name);
      tables.set(tableKey(path), { path, kind: 'TABLE', columns, createdAt: 0, modifiedAt: 0 });
    }
    const statements = await analyzeScript(
      new CatalogEdit(new CatalogSnapshot(0, new Map(), tables)),
      compiler.split(fullRefreshScript(model)),
      {
        compiler,
        exportsDir: '',
        location: '',
        now: 0,
        names: { defaultProject: project.projectId },
      },
    );
    const created = statements.find(
      (statement) =>
        (statement.kind === 'createTable' || statement.kind === 'createView') &&
        tableKey(statement.path) === tableKey(pathOf(model.target)),
    );
    if (!created || !('columns' in created)) throw new Error(`The model ${name} makes no table.`);
    return created.columns as readonly Column[];
  };

  return { columnsOf };
}

/** True for models and declared sources; assertions and operations are no tables to read. */
export function isTable(project: CompiledProject, { name }: Target): boolean {
  return project.models.has(name) || project.sources.has(name);
}

export function pathOf({ database, schema, name }: Target): TablePath {
  return { project: database, dataset: schema, table: name };
}

/** Without REQUIRED: a case names only the columns that matter. */
async function rawColumns(name: string): Promise<readonly Column[]> {
  const table = Object.entries(rawTables).find(([raw]) => raw === name)?.[1];
  if (!table) {
    throw new Error(`${name} is neither a model nor a table of functions/shared/raw-tables.ts.`);
  }
  return parseSchema(table.columns).columns.map(({ required: _, ...column }) => column);
}
