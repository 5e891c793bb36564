import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { UserError } from '@tributary/functions/shared/errors';

/** A model's own SQL, as `dataform run --full-refresh` would send it. */
export interface ModelSql {
  readonly name: string;
  readonly type: string;
  readonly query: string;
}

interface ModelNames {
  /** Quoted name of a model's table. */
  readonly table: (model: string) => string;
  /** Name of the table in place of a source, which no file of definitions/ makes. */
  readonly source: (name: string) => string;
}

type Includes = Readonly<Record<string, unknown>>;

/** What Dataform's compiler makes of a .sqlx file: JavaScript that hands over this. */
interface SqlxAction {
  readonly sqlxConfig: { readonly name: string; readonly type: string };
  readonly sqlContextable: (context: object) => readonly string[];
}

/**
 * The SQL of a model and of all that it reads, each after its inputs. Dataform's own compiler
 * reads the files; its graph of the whole project, which takes seconds, is not made.
 *
 * @param includes the modules of includes/ by name, as `readIncludes` gives them
 */
export function readModels(
  projectDir: string,
  model: string,
  includes: Includes,
  names: ModelNames,
): ModelSql[] {
  const files = sqlxFiles(join(projectDir, 'definitions'));
  const { compiler } = createRequire(join(projectDir, 'package.json'))('@dataform/core');
  const models = new Map<string, ModelSql>();
  const nameOf = (name: string): string =>
    files.has(name) ? names.table(name) : names.source(name);
  const add = (name: string): void => {
    const file = files.get(name);
    if (file === undefined || models.has(name)) return;
    const inputs: string[] = [];
    const code: string = compiler(readFileSync(file, 'utf8'), file);
    const { sqlxConfig, sqlContextable } = evaluate(code, file, includes);
    const [query = ''] = sqlContextable({
      self: () => names.table(name),
      ref: (input: string) => {
        inputs.push(input);
        return nameOf(input);
      },
      // A name alone, of a table that need not be there before.
      resolve: nameOf,
      // Nothing is there before: every model is built anew.
      incremental: () => false,
      when: (is: boolean, yes: string, no = '') => (is ? yes : no),
    });
    for (const input of inputs) add(input);
    models.set(name, { name, type: sqlxConfig.type, query });
  };
  add(model);
  if (models.size === 0) {
    throw new UserError(`${projectDir} has no model ${model}; run the command inside Tributary.`);
  }
  return [...models.values()];
}

/**
 * The modules of includes/ by name, loaded anew, so that `change` may alter the settings for
 * this command alone before the others read them.
 */
export function readIncludes(
  projectDir: string,
  change: (settings: { sites: { site_id: string; domains: readonly string[] }[] }) => void,
): Includes {
  const folder = join(projectDir, 'includes');
  const load = createRequire(join(folder, 'settings.js'));
  for (const file of Object.keys(load.cache)) {
    if (file.startsWith(folder)) delete load.cache[file];
  }
  change(load('./settings.js'));
  const names = readdirSync(folder).filter((name) => name.endsWith('.js'));
  return Object.fromEntries(names.map((name) => [basename(name, '.js'), load(`./${name}`)]));
}

function sqlxFiles(folder: string): ReadonlyMap<string, string> {
  if (!existsSync(folder)) return new Map();
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return new Map(
    files
      .filter((file) => file.endsWith('.sqlx'))
      .map((file) => [basename(file, '.sqlx'), join(folder, file)]),
  );
}

function evaluate(code: string, file: string, includes: Includes): SqlxAction {
  const names = Object.keys(includes).filter((name) => /^[A-Za-z_$][\w$]*$/.test(name));
  const handed: SqlxAction[] = [];
  const dataform = { sqlxAction: (action: SqlxAction) => handed.push(action) };
  new Function('dataform', ...names, code)(dataform, ...names.map((name) => includes[name]));
  const [action] = handed;
  if (action === undefined) throw new UserError(`${file} is no model: it holds no SQL.`);
  return action;
}
