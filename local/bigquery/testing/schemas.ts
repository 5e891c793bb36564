import type { Compiler } from '../jobs/compiler';
import { analyzeScript } from '../jobs/script';
import type { Column, Partitioning, TablePath } from '../sql/catalog';
import type { PreparedStatement } from '../sql/prepared';
import { CatalogEdit } from '../storage/catalog-edit';
import { CatalogSnapshot } from '../storage/catalog-snapshot';
import { type StoredTable, tableKey } from '../storage/entries';
import { emptyTableScript, fullRefreshScript } from './model-script';
import type { CompiledProject, ModelDefinition, Target } from './project';
import {
  strayColumnsOf as findStrays,
  inferredColumns,
  schemaColumns,
  sourceColumns,
} from './source-schemas';
import type { StrayColumn } from './stray-columns';
import { nameOf } from './table-names';

/** Columns of every table of the project, found without running anything. */
export interface ProjectSchemas {
  /** Columns of a model (as its query gives them) or of a source. */
  columnsOf(name: string): Promise<readonly Column[]>;
  /** The partitions of a model's table; undefined for a source, of which the project says none. */
  partitioningOf(name: string): Promise<Partitioning | undefined>;
  /** Columns of a source that look like typing errors in the rows of cases. */
  strayColumnsOf(name: string): readonly StrayColumn[];
  /**
   * Analyzes a script that reads these tables; throws BigQueryError with the place in it, or goes
   * on after it where `onError` takes it.
   */
  analyze(
    script: string,
    reads: readonly Target[],
    onError?: (error: Error) => void,
  ): Promise<PreparedStatement[]>;
}

type TableShape = Pick<StoredTable, 'columns' | 'partitioning'>;

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
  const known = new Map<string, Promise<TableShape>>();
  const strays = new Map<string, readonly StrayColumn[]>();

  const shapeOf = (name: string): Promise<TableShape> => {
    let shape = known.get(name);
    if (!shape) {
      const model = project.models.get(name);
      shape = model ? modelShape(name, model) : declaredShape(name);
      known.set(name, shape);
    }
    return shape;
  };

  const modelShape = async (name: string, model: ModelDefinition): Promise<TableShape> => {
    try {
      const stated = schemaColumns(project, model.target);
      if (stated) return await shapeWith(model, stated);
      return created(model, await analyze(fullRefreshScript(model), model.dependencyTargets));
    } catch (error) {
      if (error instanceof UnknownColumns) {
        const inferred = inferredColumns(project, model.target);
        if (inferred) return shapeWith(model, inferred);
      }
      throw error instanceof ColumnsError ? error : new ColumnsError(name, error as Error);
    }
  };

  const strayColumnsOf = (name: string): readonly StrayColumn[] => {
    const target = project.sources.get(name);
    const columns = strays.get(name) ?? (target ? findStrays(project, target) : []);
    strays.set(name, columns);
    return columns;
  };

  const shapeWith = async (model: ModelDefinition, columns: readonly Column[]) => {
    if (!model.bigquery.partitionBy) return { columns };
    return { ...created(model, await analyze(emptyTableScript(model, columns), [])), columns };
  };

  const declaredShape = async (name: string): Promise<TableShape> => {
    const target = project.sources.get(name);
    const columns = target && sourceColumns(project, target);
    if (columns) return { columns };
    throw new UnknownColumns(name);
  };

  const analyze: ProjectSchemas['analyze'] = async (script, reads, onError) => {
    const tables = new Map<string, StoredTable>();
    for (const target of reads.filter((it) => isTable(project, it))) {
      const path = pathOf(target);
      const shape = await shapeOf(nameOf(project, target) ?? target.name);
      tables.set(tableKey(path), { path, kind: 'TABLE', ...shape, createdAt: 0, modifiedAt: 0 });
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
      undefined,
      onError,
    );
  };

  return {
    columnsOf: async (name) => (await shapeOf(name)).columns,
    partitioningOf: async (name) => (await shapeOf(name)).partitioning,
    strayColumnsOf,
    analyze,
  };
}

/** What the script of a model makes. */
function created({ target }: ModelDefinition, script: readonly PreparedStatement[]): TableShape {
  for (const statement of script) {
    if (statement.kind !== 'createTable' && statement.kind !== 'createView') continue;
    if (tableKey(statement.path) !== tableKey(pathOf(target))) continue;
    const { columns } = statement;
    const partitioning = statement.kind === 'createTable' ? statement.partitioning : undefined;
    return { columns, ...(partitioning && { partitioning }) };
  }
  throw new Error(`The model ${target.name} makes no table.`);
}

/** True for models and declared sources; assertions and operations are no tables to read. */
export function isTable(project: CompiledProject, target: Target): boolean {
  return nameOf(project, target) !== undefined;
}

export function pathOf({ database, schema, name }: Target): TablePath {
  return { project: database, dataset: schema, table: name };
}
