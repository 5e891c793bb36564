import { z } from 'zod';

const target = z.object({ database: z.string().default(''), schema: z.string(), name: z.string() });

/** What every action has: where it is written, what it reads, how it is described. */
const action = z.object({
  target,
  /** The file that makes it, from the project's folder. */
  fileName: z.string().default(''),
  tags: z.array(z.string()).default([]),
  /** Switched off by the project: `dataform run` passes over it, and so do we. */
  disabled: z.boolean().default(false),
  dependencyTargets: z.array(target).default([]),
  actionDescriptor: z
    .object({
      description: z.string().default(''),
      columns: z
        .array(z.object({ path: z.array(z.string()), description: z.string().default('') }))
        .default([]),
    })
    .default({ description: '', columns: [] }),
});

const table = action.extend({
  type: z.enum(['table', 'view', 'incremental']),
  onSchemaChange: z.string().optional(),
  query: z.string().default(''),
  incrementalQuery: z.string().optional(),
  preOps: z.array(z.string()).default([]),
  postOps: z.array(z.string()).default([]),
  incrementalPreOps: z.array(z.string()).default([]),
  incrementalPostOps: z.array(z.string()).default([]),
  uniqueKey: z.array(z.string()).default([]),
  /** Dataform never rebuilds a protected table, even where it is asked to. */
  protected: z.boolean().default(false),
  incrementalStrategy: z.string().optional(),
  /** How the table is laid out; BigQuery refuses queries that miss a required filter. */
  bigquery: z
    .object({
      /** As the config writes it: a column, or DATE(column). */
      partitionBy: z.string().optional(),
      partitionExpirationDays: z.number().optional(),
      requirePartitionFilter: z.boolean().optional(),
      additionalOptions: z.record(z.string(), z.string()).optional(),
      /** Conditions on DATAFORM_DEST, with which a MERGE reads fewer partitions. */
      incrementalPredicates: z.array(z.string()).optional(),
      clusterBy: z.array(z.string()).default([]),
      updatePartitionFilter: z.string().optional(),
    })
    .default({ clusterBy: [] }),
});

const assertion = action.extend({
  query: z.string().default(''),
  /** The model whose config asks for it; none where it is a file of its own. */
  parentAction: target.optional(),
});

const operations = action.extend({
  queries: z.array(z.string()).default([]),
  hasOutput: z.boolean().default(false),
});

const graph = z.object({
  projectConfig: z.object({ defaultDatabase: z.string().default('') }),
  tables: z.array(table).default([]),
  assertions: z.array(assertion).default([]),
  operations: z.array(operations).default([]),
  declarations: z.array(action).default([]),
  graphErrors: z
    .object({
      compilationErrors: z
        .array(z.object({ message: z.string(), fileName: z.string().optional() }))
        .default([]),
    })
    .default({ compilationErrors: [] }),
});

export type Target = z.infer<typeof target>;
export type ModelDefinition = z.infer<typeof table>;
/** What a model runs, in its kinds of SQL. */
export type ModelTexts = Pick<
  ModelDefinition,
  'query' | 'incrementalQuery' | 'preOps' | 'postOps' | 'incrementalPreOps' | 'incrementalPostOps'
>;
/** A query that must give no rows. */
export type AssertionDefinition = z.infer<typeof assertion>;
/** Everything that tests, lint and schemas read of what `dataform compile --json` prints. */
export type CompiledGraph = z.infer<typeof graph>;

/** Every statement that a model may run, in a full refresh or in an incremental run. */
export function textsOf(model: ModelTexts): string[] {
  return [
    model.query,
    model.incrementalQuery ?? '',
    ...model.preOps,
    ...model.postOps,
    ...model.incrementalPreOps,
    ...model.incrementalPostOps,
  ];
}

/**
 * Reads what `dataform compile --json` prints, without what the project has switched off; throws
 * where it is no compiled graph.
 */
export function readCompiledGraph(printed: unknown): CompiledGraph {
  const compiled = graph.parse(printed);
  return {
    ...compiled,
    tables: compiled.tables.filter(({ disabled }) => !disabled),
    assertions: compiled.assertions.filter(({ disabled }) => !disabled),
    operations: compiled.operations.filter(({ disabled }) => !disabled),
  };
}
