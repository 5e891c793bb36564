import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '@tributary/functions/shared/errors';
import { type CompiledProject, compileProject, type ModelDefinition } from '../project';

/** A project as it stands, or as it would with what one of its variants switches on. */
export interface ProjectForm {
  readonly project: CompiledProject;
  /** None for the project as it stands. */
  readonly variant?: string;
  /** Its models; of a variant those that it adds or makes otherwise. */
  readonly models: readonly ModelDefinition[];
}

/**
 * Compiles the project, and it once more with each folder of tests/proof/variants laid over it:
 * the files in it stand in the place of the project's, which they can read as NAME_replaced.js.
 */
export async function projectForms(
  projectDir: string,
  withVariants: boolean,
): Promise<ProjectForm[]> {
  const folder = join(projectDir, 'tests/proof/variants');
  const names = withVariants && existsSync(folder) ? readdirSync(folder).sort() : [];
  const [own, ...variants] = await Promise.all([
    compiled(projectDir),
    ...names.map((name) => compiled(projectDir, name, join(folder, name))),
  ]);
  const known = new Set(own?.models.map(textOf));
  return [own as ProjectForm, ...variants].map((form) => ({
    ...form,
    models: form.variant ? form.models.filter((model) => !known.has(textOf(model))) : form.models,
  }));
}

async function compiled(
  projectDir: string,
  variant?: string,
  laidOver?: string,
): Promise<ProjectForm> {
  const project = await compileProject(projectDir, { ...(laidOver && { laidOver }) });
  const [error] = project.errors;
  if (error !== undefined) {
    const which = variant === undefined ? 'The project' : `The project's variant ${variant}`;
    throw new UserError(`${which} does not compile: ${error}`);
  }
  return { project, models: [...project.models.values()], ...(variant && { variant }) };
}

/** What a model is and runs; not what reads it, and in which file it stands. */
function textOf({ target, type, uniqueKey, bigquery, ...rest }: ModelDefinition): string {
  const { query, incrementalQuery, preOps, postOps, incrementalPreOps, incrementalPostOps } = rest;
  const texts = [query, incrementalQuery, preOps, postOps, incrementalPreOps, incrementalPostOps];
  return JSON.stringify([target, type, uniqueKey, bigquery, ...texts]);
}
