import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { UserError } from '@tributary/functions/shared/errors';
import { z } from 'zod';
import { nodeOptions } from '../../cli/dataform';
import { compilableFolder } from './compilable-folder';
import { byName } from './table-names';

/** What `dataform compile` says of one action, as far as the runner needs it. */
const target = z.object({ database: z.string().default(''), schema: z.string(), name: z.string() });

const table = z.object({
  target,
  /** Switched off by the project: `dataform run` passes over it, and so do we. */
  disabled: z.boolean().default(false),
  type: z.enum(['table', 'view', 'incremental']),
  /** The file that makes the model, from the project's folder. */
  fileName: z.string().default(''),
  query: z.string().default(''),
  incrementalQuery: z.string().optional(),
  preOps: z.array(z.string()).default([]),
  postOps: z.array(z.string()).default([]),
  incrementalPreOps: z.array(z.string()).default([]),
  incrementalPostOps: z.array(z.string()).default([]),
  uniqueKey: z.array(z.string()).default([]),
  /** Dataform never rebuilds a protected table, even where it is asked to. */
  protected: z.boolean().default(false),
  bigquery: z.object({ updatePartitionFilter: z.string().optional() }).default({}),
  incrementalStrategy: z.string().optional(),
  dependencyTargets: z.array(target).default([]),
});

const operation = z.object({ target, hasOutput: z.boolean().default(false) });
const assertion = z.object({
  target,
  query: z.string(),
  disabled: z.boolean().default(false),
});
const compilationError = z.object({ message: z.string(), fileName: z.string().optional() });

const graph = z.object({
  projectConfig: z.object({ defaultDatabase: z.string().default('') }),
  tables: z.array(table).default([]),
  operations: z.array(operation).default([]),
  assertions: z.array(assertion).default([]),
  declarations: z.array(z.object({ target })).default([]),
  graphErrors: z
    .object({ compilationErrors: z.array(compilationError).default([]) })
    .default({ compilationErrors: [] }),
});

export type Target = z.infer<typeof target>;
export type ModelDefinition = z.infer<typeof table>;
/** A query that must give no rows. */
export type AssertionDefinition = z.infer<typeof assertion>;

/**
 * A compiled Dataform project. Tables go by their name alone, or by `dataset.name` (and
 * `project.dataset.name`) where two have the same.
 */
export interface CompiledProject {
  /** The folder of the project. */
  readonly dir: string;
  readonly projectId: string;
  readonly models: ReadonlyMap<string, ModelDefinition>;
  readonly assertions: readonly AssertionDefinition[];
  /** Tables that no model makes: declared ones, and those that operations make. */
  readonly sources: ReadonlyMap<string, Target>;
  /** What the project's own mistakes are; the models that compiled are there all the same. */
  readonly errors: readonly string[];
  /** What `dataform compile --json` printed, for those who need more of it. */
  readonly graph: unknown;
}

export interface CompileOptions {
  /** Compilation variables, over those of the project's settings. */
  readonly vars?: Readonly<Record<string, string>>;
}

/** Where a project names none: the local BigQuery takes any name. */
const NO_PROJECT = 'local-project';

/**
 * Compiles the Dataform project in a folder with the CLI that users run. The project needs
 * nothing installed: where it has no @dataform/core of its own, ours compiles a copy of it.
 */
export async function compileProject(
  projectDir: string,
  { vars = {} }: CompileOptions = {},
): Promise<CompiledProject> {
  const cli = createRequire(__filename).resolve('@dataform/cli/bundle.js');
  const folder = compilableFolder(projectDir);
  const given = Object.entries(vars).map(([name, value]) => `${name}=${value}`);
  const options = given.length > 0 ? [`--vars=${given.join(',')}`] : [];
  try {
    const { stdout, stderr } = await run(process.execPath, [
      ...nodeOptions(),
      cli,
      'compile',
      '--json',
      folder.dir,
      ...options,
    ]);
    const printed = parseGraph(projectDir, stdout, stderr);
    return readGraph(projectDir, printed.compiled, printed.graph);
  } finally {
    folder.remove();
  }
}

function parseGraph(projectDir: string, stdout: string, stderr: string) {
  try {
    const printed: unknown = JSON.parse(stdout);
    return { compiled: graph.parse(printed), graph: printed };
  } catch {
    const said = `${stdout}\n${stderr}`.trim() || 'it said nothing';
    throw new UserError(`dataform compile failed in ${projectDir}: ${said}`);
  }
}

function readGraph(
  dir: string,
  compiled: z.infer<typeof graph>,
  printed: unknown,
): CompiledProject {
  const projectId = compiled.projectConfig.defaultDatabase || NO_PROJECT;
  const full = (it: Target): Target => ({ ...it, database: it.database || projectId });
  const tables = compiled.tables.filter(({ disabled }) => !disabled);
  const models = tables.map((model) => ({
    ...model,
    target: full(model.target),
    dependencyTargets: model.dependencyTargets.map(full),
  }));
  const sources = [
    ...compiled.declarations,
    ...compiled.operations.filter(({ hasOutput }) => hasOutput),
  ].map((source) => full(source.target));
  const names = byName([...models.map((model) => model.target), ...sources]);
  return {
    dir,
    projectId,
    models: new Map(models.map((model) => [names(model.target), model])),
    assertions: compiled.assertions.filter(({ disabled }) => !disabled),
    sources: new Map(sources.map((source) => [names(source), source])),
    errors: compiled.graphErrors.compilationErrors.map(({ message, fileName }) =>
      fileName ? `${fileName}: ${message}` : message,
    ),
    graph: printed,
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
