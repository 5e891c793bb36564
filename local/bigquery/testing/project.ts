import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { z } from 'zod';

/** What `dataform compile` says of one action, as far as the runner needs it. */
const target = z.object({ database: z.string(), schema: z.string(), name: z.string() });

const table = z.object({
  target,
  type: z.enum(['table', 'view', 'incremental']),
  query: z.string().default(''),
  incrementalQuery: z.string().optional(),
  preOps: z.array(z.string()).default([]),
  postOps: z.array(z.string()).default([]),
  incrementalPreOps: z.array(z.string()).default([]),
  incrementalPostOps: z.array(z.string()).default([]),
  uniqueKey: z.array(z.string()).default([]),
  dependencyTargets: z.array(target).default([]),
});

const assertion = z.object({ target, query: z.string() });

const graph = z.object({
  projectConfig: z.object({ defaultDatabase: z.string() }),
  tables: z.array(table).default([]),
  assertions: z.array(assertion).default([]),
  declarations: z.array(z.object({ target })).default([]),
  graphErrors: z
    .object({ compilationErrors: z.array(z.object({ message: z.string() })).default([]) })
    .default({ compilationErrors: [] }),
});

export type Target = z.infer<typeof target>;
export type ModelDefinition = z.infer<typeof table>;
/** A query that must give no rows. */
export type AssertionDefinition = z.infer<typeof assertion>;

/** A compiled Dataform project. */
export interface CompiledProject {
  readonly projectId: string;
  readonly models: ReadonlyMap<string, ModelDefinition>;
  readonly assertions: readonly AssertionDefinition[];
  /** Declared source tables by name. */
  readonly sources: ReadonlyMap<string, Target>;
  /** What the project's own mistakes are; the models that compiled are there all the same. */
  readonly errors: readonly string[];
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
    sources: new Map(compiled.declarations.map((source) => [source.target.name, source.target])),
    errors: compiled.graphErrors.compilationErrors.map(({ message }) => message),
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
