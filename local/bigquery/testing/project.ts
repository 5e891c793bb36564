import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { UserError } from '@tributary/functions/shared/errors';
import { nodeOptions } from '../../cli/dataform';
import { compilableFolder } from './compilable-folder';
import {
  type AssertionDefinition,
  type CompiledGraph,
  type ModelDefinition,
  readCompiledGraph,
  type Target,
} from './compiled-graph';
import { byName } from './table-names';

export type { AssertionDefinition, ModelDefinition, Target };

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
  /** What Dataform made of the project, for those who need more of it. */
  readonly graph: CompiledGraph;
}

interface CompileOptions {
  /** Compilation variables, over those of the project's settings. */
  readonly vars?: Readonly<Record<string, string>>;
  /** A folder whose files stand in the place of the project's own. */
  readonly laidOver?: string;
}

/** Where a project names none: the local BigQuery takes any name. */
const NO_PROJECT = 'local-project';

/**
 * Compiles the Dataform project in a folder with the CLI that users run. The project needs
 * nothing installed: where it has no @dataform/core of its own, ours compiles a copy of it.
 */
export async function compileProject(
  projectDir: string,
  { vars = {}, laidOver }: CompileOptions = {},
): Promise<CompiledProject> {
  const cli = createRequire(__filename).resolve('@dataform/cli/bundle.js');
  const folder = compilableFolder(projectDir, laidOver);
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
    return readProject(projectDir, parseGraph(projectDir, stdout, stderr));
  } finally {
    folder.remove();
  }
}

function parseGraph(projectDir: string, stdout: string, stderr: string): CompiledGraph {
  try {
    return readCompiledGraph(JSON.parse(stdout));
  } catch {
    const said = `${stdout}\n${stderr}`.trim() || 'it said nothing';
    throw new UserError(`dataform compile failed in ${projectDir}: ${said}`);
  }
}

function readProject(dir: string, compiled: CompiledGraph): CompiledProject {
  const projectId = compiled.projectConfig.defaultDatabase || NO_PROJECT;
  const full = (it: Target): Target => ({ ...it, database: it.database || projectId });
  const models = compiled.tables.map((model) => ({
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
    assertions: compiled.assertions,
    sources: new Map(sources.map((source) => [names(source), source])),
    errors: compiled.graphErrors.compilationErrors.map(({ message, fileName }) =>
      fileName ? `${fileName}: ${message}` : message,
    ),
    graph: compiled,
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
