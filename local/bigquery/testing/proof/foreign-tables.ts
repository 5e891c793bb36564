import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { writtenNames } from '../../sql/written-names';
import { textsOf } from '../compiled-graph';
import type { CompiledProject, ModelDefinition, Target } from '../project';
import { UnknownColumns } from '../schemas';
import { schemaColumns } from '../source-schemas';
import { fullName } from '../table-names';
import type { ModelInput } from './prove-model';

const NO_RULES = { uniqueKeys: [], nonNull: new Set<string>() };

/**
 * The tables that a model's SQL names itself, without declaring them: `project.dataset.table` or
 * `dataset.table`, which may be a wildcard. Their columns stand in tests/schemas. Throws where a
 * name of three parts has none: of one with two it can't be told from a column's field.
 */
export function foreignInputs(project: CompiledProject, model: ModelDefinition): ModelInput[] {
  const known = new Set([model.target, ...model.dependencyTargets].map(fullName));
  const found = new Map<string, ModelInput>();
  const made = textsOf(model).join('\n');
  // One pair of backticks may hold all parts of a name.
  const names = textsOf(model)
    .flatMap(writtenNames)
    .map((parts) => parts.join('.').split('.'));
  for (const name of names) {
    const target = targetOf(project, name);
    if (!target || known.has(fullName(target)) || found.has(fullName(target))) continue;
    if (isMadeIn(made, name)) continue;
    const columns = schemaColumns(project, target);
    if (!columns && name.length === 3) throw new UnknownColumns(`${target.schema}.${target.name}`);
    if (!columns) continue;
    const shards = target.name.endsWith('*') ? prefixesOf(project.dir, target) : undefined;
    found.set(fullName(target), { target, columns, rules: NO_RULES, ...(shards && { shards }) });
  }
  return [...found.values()];
}

function targetOf({ projectId }: CompiledProject, parts: readonly string[]): Target | undefined {
  const [name = '', schema, database = projectId] = [...parts].reverse();
  return schema === undefined ? undefined : { database, schema, name };
}

/** Tables beside a model are made by it: CREATE TABLE IF NOT EXISTS. */
const isMadeIn = (texts: string, name: readonly string[]): boolean =>
  texts.includes(`NOT EXISTS \`${name.join('.')}\``);

const shardsFile = z.record(z.string(), z.array(z.string()));

/** What tests/proof/shards.yaml says: {analytics_1.events_*: ['', 'intraday_']}; else days alone. */
function prefixesOf(projectDir: string, { schema, name }: Target): readonly string[] {
  const file = join(projectDir, 'tests/proof/shards.yaml');
  if (!existsSync(file)) return [''];
  const read = shardsFile.safeParse(parse(readFileSync(file, 'utf8')));
  if (read.success) return read.data[`${schema}.${name}`] ?? [''];
  throw new Error(
    `${file} must name what stands before the day in a wildcard's tables: {export.events_*: ['', intraday_]}.`,
  );
}
