import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { z } from 'zod';

/** What `dataform compile` says of one action, as far as the runner needs it. */
const target = z.object({ database: z.string(), schema: z.string(), name: z.string() });

const bigquery = z.object({
  /** As the config writes it: a column, or DATE(column). */
  partitionBy: z.string().optional(),
  clusterBy: z.array(z.string()).default([]),
});

const descriptor = z.object({
  description: z.string().default(''),
  columns: z
    .array(z.object({ path: z.array(z.string()), description: z.string().default('') }))
    .default([]),
});

/** What every action has: where it is written, what it reads, how it is described. */
const action = z.object({
  target,
  fileName: z.string().default(''),
  tags: z.array(z.string()).default([]),
  dependencyTargets: z.array(target).default([]),
  actionDescriptor: descriptor.default({ description: '', columns: [] }),
});

const table = action.extend({
  type: z.enum(['table', 'view', 'incremental']),
  bigquery: bigquery.default({ clusterBy: [] }),
  onSchemaChange: z.string().optional(),
  query: z.string().default(''),
  incrementalQuery: z.string().optional(),
  preOps: z.array(z.string()).default([]),
  postOps: z.array(z.string()).default([]),
  incrementalPreOps: z.array(z.string()).default([]),
  incrementalPostOps: z.array(z.string()).default([]),
  uniqueKey: z.array(z.string()).default([]),
});

const assertion = action.extend({
  query: z.string(),
  /** The model whose config asks for it; none where it is a file of its own. */
  parentAction: target.optional(),
});

const operation = action.extend({ queries: z.array(z.string()).default([]) });

const compilationError = z.object({ message: z.string(), fileName: z.string().optional() });

const graph = z.object({
  projectConfig: z.object({ defaultDatabase: z.string() }),
  tables: z.array(table).default([]),
  assertions: z.array(assertion).default([]),
  operations: z.array(operation).default([]),
  declarations: z.array(z.object({ target, fileName: z.string().default('') })).default([]),
  graphErrors: z
    .object({ compilationErrors: z.array(compilationError).default([]) })
    .default({ compilationErrors: [] }),
});

export type Target = z.infer<typeof target>;
export type ModelDefinition = z.infer<typeof table>;
/** A query that must give no rows. */
export type AssertionDefinition = z.infer<typeof assertion>;
/** Statements that are run as they stand. */
export type OperationDefinition = z.infer<typeof operation>;
export type CompilationError = z.infer<typeof compilationError>;

/** A compiled Dataform project. */
export interface CompiledProject {
  readonly projectId: string;
  readonly models: ReadonlyMap<string, ModelDefinition>;
  readonly assertions: readonly AssertionDefinition[];
  readonly operations: readonly OperationDefinition[];
  /** Declared source tables by name. */
  readonly sources: ReadonlyMap<string, Target>;
  /** What the project's own mistakes are; the models that compiled are there all the same. */
  readonly errors: readonly string[];
  /** The same, with the file where Dataform names it. */
  readonly compilationErrors: readonly CompilationError[];
  /** Files that declare source tables, by the table's name. */
  readonly sourceFiles: ReadonlyMap<string, string>;
}

/** Compiles the Dataform project in a folder with the CLI that users run. */
export async function compileProject(projectDir: string): Promise<CompiledProject> {
  const cli = createRequire(__filename).resolve('@dataform/cli/bundle.js');
  const { stdout, stderr } = await run(process.execPath, [cli, 'compile', '--json', projectDir]);
  let compiled: z.infer<typeof graph>;
  try {
    compiled = graph.parse(JSON.parse(stdout));
  } catch {
    throw new Error(`dataform compile failed in ${projectDir}:\n${stdout}\n${stderr}`.trim());
  }
  return {
    projectId: compiled.projectConfig.defaultDatabase,
    models: new Map(compiled.tables.map((model) => [model.target.name, model])),
    assertions: compiled.assertions,
    operations: compiled.operations,
    sources: new Map(compiled.declarations.map((source) => [source.target.name, source.target])),
    errors: compiled.graphErrors.compilationErrors.map(({ message }) => message),
    compilationErrors: compiled.graphErrors.compilationErrors,
    sourceFiles: new Map(compiled.declarations.map((it) => [it.target.name, it.fileName])),
  };
}

function run(command: string, args: string[]): Promise<{ stdout: string; stderr: string }> {
  return new Promise((done) => {
    // Exit codes say nothing here: a graph with errors is printed too.
    execFile(command, args, { maxBuffer: 256 * 1024 * 1024 }, (_, stdout, stderr) => {
      done({ stdout, stderr });
    });
  });
}
