import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { UserError } from '@tributary/functions/shared/errors';
import { nearNames } from '../../cli/schema/find-table';
import { type CaseFolder, listModelCases } from './case-files';
import { casesFolder } from './source-schemas';

const SETTINGS_FILES = ['workflow_settings.yaml', 'dataform.json'];

/** The Dataform project in this folder or above it. */
export function findDataformProject(from: string): string {
  for (let dir = resolve(from); ; dir = dirname(dir)) {
    if (SETTINGS_FILES.some((file) => existsSync(join(dir, file)))) return dir;
    if (dir === dirname(dir)) {
      throw new UserError(
        `No ${SETTINGS_FILES.join(' or ')} in ${from} or above it; run the command inside a Dataform project.`,
      );
    }
  }
}

/**
 * The cases of a project, or those of the models and cases named: 'model', 'model/case', or the
 * path of their folder. Throws one sentence where there are none.
 */
export function findCases(projectDir: string, names: readonly string[]): CaseFolder[] {
  const folder = casesFolder(projectDir);
  const all = listModelCases(folder);
  if (all.length === 0) {
    throw new UserError(
      `No cases in ${folder}; make the first: rows of an input in tests/models/MODEL/CASE/given/TABLE.yaml, and the rows to come out in tests/models/MODEL/CASE/expected.yaml.`,
    );
  }
  if (names.length === 0) return all;
  const found = new Set<CaseFolder>();
  for (const name of names) {
    const wanted = caseName(folder, name);
    const named = all.filter(({ model, name: it }) => [model, `${model}/${it}`].includes(wanted));
    if (named.length === 0) {
      throw new UserError(unknownCase(all, name));
    }
    for (const it of named) found.add(it);
  }
  return all.filter((it) => found.has(it));
}

/** Up to this many models are all named; of more, those that are near. */
const FEW = 6;

function unknownCase(all: readonly CaseFolder[], name: string): string {
  const models = [...new Set(all.map(({ model }) => model))];
  if (models.length <= FEW) {
    return `No case is named ${name}; models with cases: ${models.join(', ')}.`;
  }
  const cases = all.map(({ model, name: it }) => `${model}/${it}`);
  const near = nearNames(name.includes('/') ? cases : models, name);
  const hint = near.length > 0 ? ` Did you mean ${near.join(', ')}?` : '';
  return `No case is named ${name}.${hint} ${models.length} models have cases, in tests/models/.`;
}

/** 'tests/models/a/b/' as a shell completes it, and 'a/b', are the same. */
function caseName(folder: string, name: string): string {
  const inside = relative(folder, resolve(name));
  const path = existsSync(name) && inside !== '' && !inside.startsWith('..') ? inside : name;
  return path.replaceAll('\\', '/').replace(/\/$/, '');
}
