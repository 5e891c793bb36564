import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { UserError } from '@tributary/functions/shared/errors';
import { installRuntime } from '../functions';
import { type Compiler, compilerOf } from '../jobs/compiler';
import { runQueryJob } from '../jobs/query-job';
import { startAnalyzer } from '../sql/analyzer';
import { Storage } from '../storage/storage';
import { type CaseFolder, type ModelCase, readModelCase } from './case-files';
import { modelOf } from './case-inputs';
import type { CaseResult } from './case-result';
import { runCase } from './case-runner';
import { Lanes } from './lanes';
import { type CompiledProject, compileProject } from './project';
import { type ProjectSchemas, projectSchemas } from './schemas';

interface ModelRunnerOptions {
  /** Folder of a Dataform project. */
  readonly projectDir: string;
  /** Cases that run at once. */
  readonly parallel?: number;
}

/** Two a core: a case waits half of its time, for the analyzer, the disk or DuckDB. */
export const DEFAULT_PARALLEL = 2 * availableParallelism();

/** Runs cases of one Dataform project, several at once. */
export interface ModelRunner {
  /** The project as its settings compile it. */
  readonly project: CompiledProject;
  /** Runs a case as soon as a warehouse is free. What is wrong with it is in the result. */
  run(folder: CaseFolder): Promise<CaseResult>;
  /** Stops the analyzer and removes the warehouses; every case must have ended. */
  close(): Promise<void>;
}

interface KnownProject {
  readonly project: CompiledProject;
  readonly schemas: ProjectSchemas;
}

/**
 * Compiles the project and opens empty warehouses in a temporary folder, one for each case that
 * runs at once, with one analyzer for all. Throws one sentence where the project does not compile.
 */
export async function createModelRunner({
  projectDir,
  parallel = DEFAULT_PARALLEL,
}: ModelRunnerOptions): Promise<ModelRunner> {
  // Compiling takes longest: the analyzer starts beside it.
  const compiling = compileWithoutErrors(projectDir, {});
  compiling.catch(() => undefined);
  const compiler = compilerOf(await startAnalyzer());
  const folder = mkdtempSync(join(tmpdir(), 'tributary-models-'));
  const storages: Storage[] = [];
  const remove = () => rmSync(folder, { recursive: true, force: true });
  // Also where somebody stops the command in the middle.
  process.once('exit', remove);
  const close = async (): Promise<void> => {
    await Promise.all(storages.map((storage) => storage.close()));
    await compiler.close();
    process.off('exit', remove);
    remove();
  };
  try {
    for (let lane = 0; lane < parallel; lane++) {
      const warehouseDir = join(folder, `${lane}`);
      // Cases are small and many: a thread each.
      storages.push(await Storage.open({ warehouseDir, threads: 1, prepare: installRuntime }));
    }
    const project = await compiling;
    const cases = new ProjectCases(compiler, new Lanes(storages), project);
    return { project, run: (caseFolder) => cases.run(caseFolder), close };
  } catch (error) {
    await close();
    throw error;
  }
}

class ProjectCases {
  /** The project by the compilation variables that cases set. */
  private readonly known = new Map<string, Promise<KnownProject>>();

  constructor(
    private readonly compiler: Compiler,
    private readonly lanes: Lanes<Storage>,
    private readonly project: CompiledProject,
  ) {
    this.known.set('{}', Promise.resolve(this.withSchemas(project)));
  }

  async run(folder: CaseFolder): Promise<CaseResult> {
    const { model, name } = folder;
    let startedAt = performance.now();
    try {
      const modelCase = readModelCase(folder);
      const known = await this.projectWith(modelCase.options.vars);
      const outcome = await this.lanes.use((storage) => {
        startedAt = performance.now();
        return this.runOn(storage, known, modelCase);
      });
      return {
        model,
        case: name,
        isPassed: outcome.findings.length === 0,
        checks: outcome.checks,
        findings: outcome.findings,
        milliseconds: Math.round(performance.now() - startedAt),
      };
    } catch (error) {
      return {
        model,
        case: name,
        isPassed: false,
        checks: [],
        findings: [{ step: 'the case', message: (error as Error).message }],
        milliseconds: Math.round(performance.now() - startedAt),
      };
    }
  }

  private runOn(storage: Storage, { project, schemas }: KnownProject, modelCase: ModelCase) {
    const execution = { storage, compiler: this.compiler, location: 'EU', clock: () => 0 };
    const execute = (query: string) =>
      runQueryJob(execution, { query }, project.projectId, { attach: () => undefined });
    const model = modelOf(project, modelCase.model);
    return runCase({ project, schemas, storage, execute }, model, modelCase);
  }

  /** Compiled once for each set of variables. */
  private projectWith(vars: Readonly<Record<string, string>>): Promise<KnownProject> {
    const key = JSON.stringify(vars);
    let project = this.known.get(key);
    if (!project) {
      project = compileWithoutErrors(this.project.dir, vars).then((it) => this.withSchemas(it));
      this.known.set(key, project);
    }
    return project;
  }

  private withSchemas(project: CompiledProject): KnownProject {
    return { project, schemas: projectSchemas(project, this.compiler) };
  }
}

async function compileWithoutErrors(
  projectDir: string,
  vars: Readonly<Record<string, string>>,
): Promise<CompiledProject> {
  const project = await compileProject(projectDir, { vars });
  if (project.errors.length === 0) return project;
  const [first, ...rest] = project.errors;
  const others = rest.length > 0 ? ` (and ${rest.length} more errors)` : '';
  throw new UserError(`The project does not compile: ${first}${others}`);
}
