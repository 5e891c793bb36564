import type { CompiledProject, Target } from './project';

/** 'name', 'dataset.name' and 'project.dataset.name' of a table. */
function spellings({ database, schema, name }: Target): readonly string[] {
  return [name, `${schema}.${name}`, `${database}.${schema}.${name}`];
}

/** Answers, for each of these tables, its shortest spelling that no other one has. */
export function byName(targets: readonly Target[]): (target: Target) => string {
  const tables = new Map(targets.map((target) => [fullName(target), target]));
  const counts = new Map<string, number>();
  for (const target of tables.values()) {
    for (const spelling of spellings(target)) {
      counts.set(spelling, (counts.get(spelling) ?? 0) + 1);
    }
  }
  return (target) => spellings(target).find((name) => counts.get(name) === 1) ?? fullName(target);
}

/**
 * The tables that a file or folder of this name can mean: none, one, or several where a dataset
 * must be put before the name.
 */
export function tablesNamed(targets: Iterable<Target>, name: string): Target[] {
  return [...targets].filter((target) => spellings(target).includes(name));
}

/** The name by which a project knows a table; undefined for what is no table of it. */
export function nameOf(project: CompiledProject, target: Target): string | undefined {
  return spellings(target).find((name) => {
    const found = project.models.get(name)?.target ?? project.sources.get(name);
    return found !== undefined && fullName(found) === fullName(target);
  });
}

/** Every table of a project: models and sources. */
export function allTargets(project: CompiledProject): Target[] {
  return [...[...project.models.values()].map(({ target }) => target), ...project.sources.values()];
}

/** 'project.dataset.name'. */
export function fullName({ database, schema, name }: Target): string {
  return `${database}.${schema}.${name}`;
}
