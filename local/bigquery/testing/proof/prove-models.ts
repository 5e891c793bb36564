import { UserError } from '@tributary/functions/shared/errors';
import { modelOf, shapeOf } from '../case-inputs';
import { type CompiledProject, compileProject, type ModelDefinition } from '../project';
import { isTable, type ProjectSchemas, projectSchemas } from '../schemas';
import { fullName } from '../table-names';
import { ProofEngines } from './engines';
import { columnLiterals } from './literals';
import { type ModelProof, type ModelToProve, proveModel } from './prove-model';
import { ProjectRules } from './table-rules';

export interface ProveModelsOptions {
  /** Folder of a Dataform project. */
  readonly projectDir: string;
  /** Names of models; all by default. */
  readonly only?: readonly string[];
  /** A share of them, for several workers: every `of`-th, beginning with number `part` from 0. */
  readonly share?: { readonly part: number; readonly of: number };
  /** Random rows of each input. */
  readonly rows: number;
  readonly seed: number;
  /** Seconds after which a question to the reference engine is given up; 900 by default. */
  readonly limitSeconds?: number;
  /** Called as each proof is done, in the order of the models. */
  readonly onProof?: (proof: ModelProof) => void;
}

/**
 * Runs the models of a Dataform project on random rows on Google's reference engine and on the
 * local BigQuery, each by itself. Throws one sentence for a model that does not exist.
 */
export async function proveModels(options: ProveModelsOptions): Promise<ModelProof[]> {
  const { projectDir, only = [], share = { part: 0, of: 1 }, rows, seed, onProof } = options;
  const project = await compileProject(projectDir);
  const [error] = project.errors;
  if (error !== undefined) throw new UserError(`The project does not compile: ${error}`);
  const all = [...project.models.values()];
  const wanted = only.length === 0 ? all : only.map((name) => named(project, name));
  const models = wanted.filter((_, index) => index % share.of === share.part);
  const engines = await ProofEngines.start(project.projectId, options.limitSeconds ?? 900);
  try {
    const schemas = projectSchemas(project, engines.compiler);
    const rules = ProjectRules.of(project);
    const literals = columnLiterals(all.flatMap((model) => [model.query, ...model.preOps]));
    const proofs: ModelProof[] = [];
    for (const model of models) {
      const toProve = await describe(model, project, schemas, rules);
      for (const proof of await proveModel(engines, toProve, { rows, seed, literals })) {
        proofs.push(proof);
        onProof?.(proof);
      }
    }
    return proofs;
  } finally {
    await engines.close();
  }
}

function named(project: CompiledProject, name: string): ModelDefinition {
  try {
    return modelOf(project, name);
  } catch (error) {
    throw new UserError((error as Error).message);
  }
}

/** The model with what it reads, each table once. */
async function describe(
  model: ModelDefinition,
  project: CompiledProject,
  schemas: ProjectSchemas,
  rules: ProjectRules,
): Promise<ModelToProve> {
  const own = fullName(model.target);
  const targets = new Map(model.dependencyTargets.map((target) => [fullName(target), target]));
  const read = [...targets.values()].filter(
    (target) => isTable(project, target) && fullName(target) !== own,
  );
  const inputs = await Promise.all(
    read.map(async (target) => ({
      target,
      ...(await shapeOf({ project, schemas }, model, target)),
      rules: rules.of(target),
    })),
  );
  return { model, inputs, rules: rules.of(model.target) };
}
