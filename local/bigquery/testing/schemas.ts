import type { Compiler } from '../jobs/compiler';
import { analyzeScript } from '../jobs/script';
import type { Column, TablePath } from '../sql/catalog';
import type { PreparedStatement } from '../sql/prepared';
import { CatalogEdit } from '../storage/catalog-edit';
import { CatalogSnapshot } from '../storage/catalog-snapshot';
import { type StoredTable, tableKey } from '../storage/entries';
import { fullRefreshScript } from './model-script';
import type { CompiledProject, Target } from './project';
import { inferredColumns, schemaColumns, sourceColumns } from './source-schemas';
import { nameOf } from './table-names';

/** Columns of every table of the project, found without running anything. */
export interface ProjectSchemas {
  /** Columns of a model (as its query gives them) or of a source. */
  columnsOf(name: string): Promise<readonly Column[]>;
  /** Analyzes a script that reads these tables; throws BigQueryError with the place in it. */
  analyze(script: string, reads: readonly Target[]): Promise<PreparedStatement[]>;
}

/** The columns of a table can't be known. */
export class ColumnsError extends Error {
  constructor(
    readonly table: string,
    cause: Error,
  ) {
    super(
      `The columns of ${table} can't be found: ${cause.message}; write them to tests/schemas/${table}.yaml.`,
    );
  }
}

/** A source of which the project says nothing. */
export class UnknownColumns extends ColumnsError {
  constructor(source: string) {
    super(source, new Error('it is declared only, and no case gives rows of it'));
  }
}

/**
 * Analyzes models on demand, upstream first. Types of models come from the analysis of their
 * query; where a source of it is unknown, from rows that cases give for the model's own table. See
 * source-schemas.ts for tables that no model makes.
 */
export function projectSchemas(project: CompiledProject, compiler: Compiler): ProjectSchemas {
  const known = new Map<string, Promise<readonly Column[]>>();

  const columnsOf = (name: string): Promise<readonly Column[]> => {
    let columns = known.get(name);
    if (!columns) {
      columns = project.models.has(name) ? modelColumns(name) : declaredColumns(name);
      known.set(name, columns);
    }
    return columns;
  };

  const modelColumns = async (name: string): Promise<readonly Column[]> => {
    const model = project.models.get(name);
    if (!model) return [];
    const stated = schemaColumns(project, model.target);
    if (stated) return stated;
    try {
      return await analyzeModel(name);
    } catch (error) {
      if (error instanceof UnknownColumns) {
        const inferred = inferredColumns(project, model.target);
        if (inferred) return inferred;
      }
      throw error instanceof ColumnsError ? error : new ColumnsError(name, error as Error);
    }
  };

  const declaredColumns = async (name: string): Promise<readonly Column[]> => {
    const target = project.sources.get(name);
    const columns = target && sourceColumns(project, target);
    if (columns) return columns;
    throw new UnknownColumns(name);
  };

  const analyzeModel = async (name: string): Promise<readonly Column[]> => {
    const model = project.models.get(name);
    if (!model) return [];
    const statements = await analyze(fullRefreshScript(model), model.dependencyTargets);
    const created = statements.find(
      (statement) =>
        (statement.kind === 'createTable' || statement.kind === 'createView') &&
        tableKey(statement.path) === tableKey(pathOf(model.target)),
    );
    if (!created || !('columns' in created)) throw new Error(`The model ${name} makes no table.`);
    return created.columns as readonly Column[];
  };

  const analyze = async (script: string, reads: readonly Target[]) => {
    const tables = new Map<string, StoredTable>();
    for (const target of reads.filter((it) => isTable(project, it))) {
      const path = pathOf(target);
      const columns = await columnsOf(nameOf(project, target) ?? target.name);
      tables.set(tableKey(path), { path, kind: 'TABLE', columns, createdAt: 0, modifiedAt: 0 });
    }
    return analyzeScript(
      new CatalogEdit(new CatalogSnapshot(0, new Map(), tables)),
      compiler.split(script),
      {
        compiler,
        exportsDir: '',
        location: '',
        now: 0,
        names: { defaultProject: project.projectId },
      },
    );
  };

  return { columnsOf, analyze };
}

/** True for models and declared sources; assertions and operations are no tables to read. */
export function isTable(project: CompiledProject, target: Target): boolean {
  return nameOf(project, target) !== undefined;
}

export function pathOf({ database, schema, name }: Target): TablePath {
  return { project: database, dataset: schema, table: name };
}
