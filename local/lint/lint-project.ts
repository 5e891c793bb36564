import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '@tributary/functions/shared/errors';
import { rawTables } from '@tributary/functions/shared/raw-tables';
import { type CompiledProject, compileProject } from '../bigquery/testing/project';
import { actionScripts, readActions } from './actions';
import { analyzeProject } from './analysis/analyze';
import { projectFacts } from './analysis/facts';
import type { Refusal } from './analysis/refusals';
import { compileProblems } from './compile-problems';
import { readDefinitions } from './files';
import { type Problem, sortProblems } from './problem';
import { rules } from './rules';
import { runRules } from './run-rules';
import { readLintSettings } from './settings';

interface LintResult {
  readonly problems: readonly Problem[];
  readonly fileCount: number;
}

/** A step under a title, as the command line shows it. */
export type Step = <T>(
  title: string,
  work: (update: (state: string) => void) => Promise<T>,
) => Promise<T>;

const quiet: Step = (_title, work) => work(() => {});

/** One of them stands in the root of a Dataform project. */
const PROJECT_FILES = ['workflow_settings.yaml', 'dataform.json'];

/** Holds a Dataform project to all rules. Throws one sentence where the folder is none. */
export async function lintProject(dir: string, step: Step = quiet): Promise<LintResult> {
  if (!PROJECT_FILES.some((file) => existsSync(join(dir, file)))) {
    throw new UserError(`${dir} is no Dataform project: it has no ${PROJECT_FILES[0]}.`);
  }
  const settings = readLintSettings(dir);
  const project = await step('Compiling the project', () => compileProject(dir));
  return step('Checking SQL', (update) => lintCompiled(project, settings, update));
}

async function lintCompiled(
  project: CompiledProject,
  settings: ReturnType<typeof readLintSettings>,
  update: (state: string) => void,
): Promise<LintResult> {
  const { graph } = project;
  const files = readDefinitions(project.dir);
  const byPath = new Map(files.map((file) => [file.path, file]));
  const scripts = actionScripts(graph, byPath);
  const analysis = await analyzeProject(project, scripts, (done) =>
    update(`${done} of ${scripts.length} statements`),
  );
  const compilation = compileProblems(graph, byPath);
  const facts = projectFacts(graph, analysis.statements, rawPartitions(project));
  const found = runRules(rules, {
    ...{ files, settings, facts },
    actions: readActions(graph, byPath, analysis.columns),
    texts: scripts.flatMap(({ parts, kind }) => parts.map(({ sql }) => ({ sql, kind }))),
    unresolved: analysis.unresolved,
    statements: analysis.statements,
    hasFailures: compilation.length + analysis.problems.length > 0,
  });
  return {
    problems: sortProblems([
      ...compilation,
      ...unnamed(analysis.problems, found, compilation),
      ...found,
    ]),
    fileCount: files.length,
  };
}

/** Rules that name what makes values of types that can't be stored. */
const NAMES_MAKERS = new Set(['allowed-functions', 'interval-operators']);

/**
 * What the analyzer refuses on a line where a rule says it better is left out, and what it makes of
 * a file that Dataform could not compile.
 */
function unnamed(
  refused: readonly Refusal[],
  found: readonly Problem[],
  compilation: readonly Problem[],
): Problem[] {
  const broken = new Set(compilation.map(({ file }) => file));
  const lines = new Set(found.map(({ file, line }) => `${file}:${line}`));
  const makers = found.filter(({ rule }) => NAMES_MAKERS.has(rule));
  const explained = new Set(makers.map(({ file }) => file));
  return refused
    .filter(({ file }) => !broken.has(file))
    .filter(({ file, line }) => !lines.has(`${file}:${line}`))
    .filter(({ file, isConsequence }) => !isConsequence || !explained.has(file))
    .map(({ isConsequence: _, ...problem }) => problem);
}

/** This repository's raw tables are made by code, which says what they are partitioned by. */
function rawPartitions(project: CompiledProject): ReadonlyMap<string, string> {
  if (!existsSync(join(project.dir, 'functions/shared/raw-tables.ts'))) return new Map();
  const known = Object.entries(rawTables).filter(([name]) => project.sources.has(name));
  return new Map(known.map(([name, { partitionBy }]) => [name, partitionBy]));
}
