import { UserError } from '@tributary/functions/shared/errors';
import { shapeOf } from '../case-inputs';
import type { CompiledProject, ModelDefinition } from '../project';
import { isTable, type ProjectSchemas, projectSchemas } from '../schemas';
import { fullName, tablesNamed } from '../table-names';
import { ProofEngines } from './engines';
import { foreignInputs } from './foreign-tables';
import { columnLiterals } from './literals';
import { type ModelProof, type ModelToProve, proveModel } from './prove-model';
import { ProjectRules } from './table-rules';
import { type ProjectForm, projectForms } from './variants';

export interface ProveModelsOptions {
  /** Folder of a Dataform project. */
  readonly projectDir: string;
  /** Names of models; all by default. */
  readonly only?: readonly string[];
  /** A share of them, for several workers: every `of`-th, beginning with number `part` from 0. */
  readonly share?: { readonly part: number; readonly of: number };
  /** Prove the project as it stands, or its variants, alone. */
  readonly variants?: 'none' | 'only';
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
 * local BigQuery, each by itself; then those that a variant of the project adds or changes. Throws
 * one sentence for a model that does not exist.
 */
export async function proveModels(options: ProveModelsOptions): Promise<ModelProof[]> {
  const { projectDir, only = [], share = { part: 0, of: 1 }, variants } = options;
  const forms = (await projectForms(projectDir, variants !== 'none')).filter(
    ({ variant }) => variant !== undefined || variants !== 'only',
  );
  const wanted = only.length === 0 ? forms : forms.map((form) => withOnly(form, only));
  for (const name of only) refuseUnknown(forms, name);
  // A model and its variants go to one worker.
  const names = [...new Set(wanted.flatMap(({ models }) => models.map(nameIn)))];
  const shared = new Set(names.filter((_, index) => index % share.of === share.part));
  const proofs: ModelProof[] = [];
  for (const form of wanted) {
    const models = form.models.filter((model) => shared.has(nameIn(model)));
    if (models.length > 0) proofs.push(...(await proveForm({ ...form, models }, options)));
  }
  return proofs;
}

/** Proves models of one form of the project, in engines of their own: inputs differ in columns. */
async function proveForm(
  { project, variant, models }: ProjectForm,
  { rows, seed, limitSeconds = 900, onProof }: ProveModelsOptions,
): Promise<ModelProof[]> {
  const engines = await ProofEngines.start(project.projectId, limitSeconds);
  try {
    const schemas = projectSchemas(project, engines.compiler);
    const rules = ProjectRules.of(project);
    const all = [...project.models.values()];
    const literals = columnLiterals(all.flatMap((model) => [model.query, ...model.preOps]));
    const proofs: ModelProof[] = [];
    for (const model of models) {
      const toProve = await describe(model, project, schemas, rules);
      for (const proof of await proveModel(engines, toProve, { rows, seed, literals })) {
        const told = variant === undefined ? proof : { ...proof, variant };
        proofs.push(told);
        onProof?.(told);
      }
    }
    return proofs;
  } finally {
    await engines.close();
  }
}

const nameIn = ({ target }: ModelDefinition): string => fullName(target);

function withOnly(form: ProjectForm, only: readonly string[]): ProjectForm {
  const targets = new Set(
    only.flatMap((name) =>
      tablesNamed(
        form.models.map(({ target }) => target),
        name,
      ),
    ),
  );
  return { ...form, models: form.models.filter(({ target }) => targets.has(target)) };
}

/** A name that no model of any form has, or that several of one have. */
function refuseUnknown(forms: readonly ProjectForm[], name: string): void {
  const counts = forms.map(
    ({ models }) =>
      tablesNamed(
        models.map(({ target }) => target),
        name,
      ).length,
  );
  if (counts.every((count) => count === 0)) {
    throw new UserError(`The project has no model ${name}.`);
  }
  if (counts.some((count) => count > 1)) {
    throw new UserError(`${name} is in several datasets: name the model DATASET.${name}.`);
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
  return {
    model,
    inputs: [...inputs, ...foreignInputs(project, model)],
    rules: rules.of(model.target),
  };
}
