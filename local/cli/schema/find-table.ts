import { UserError } from '@tributary/functions/shared/errors';

/** A table of the project as its code describes it. */
export interface TableDescription {
  readonly name: string;
  readonly kind: 'table' | 'view' | 'incremental' | 'source';
  readonly file: string;
  readonly description: string;
  readonly partitionBy: string | undefined;
  readonly clusterBy: readonly string[];
  /** Descriptions by path: 'consent', 'consent.analytics'. */
  readonly described: ReadonlyMap<string, string>;
}

/** The table of a name; for an unknown one a sentence with the names that are near to it. */
export function findTable(tables: readonly TableDescription[], name: string): TableDescription {
  const wanted = name.replaceAll('`', '').split('.').at(-1)?.toLowerCase() ?? '';
  const found = tables.find((table) => table.name.toLowerCase() === wanted);
  if (found) return found;
  const near = nearNames(
    tables.map((table) => table.name),
    wanted,
  );
  const hint = near.length > 0 ? ` Did you mean ${near.join(', ')}?` : '';
  throw new UserError(
    `The project has no table ${name}.${hint} \`npx tributary schema\` lists all tables.`,
  );
}

/** At most three names: those that hold the word, then those a few letters away. */
export function nearNames(names: readonly string[], wanted: string): string[] {
  const scored = names
    .map((name) => ({ name, score: name.includes(wanted) ? 0 : distance(name, wanted) }))
    .filter(({ score }) => score <= Math.max(2, wanted.length / 3));
  return scored
    .sort((left, right) => left.score - right.score || left.name.length - right.name.length)
    .slice(0, 3)
    .map(({ name }) => name);
}

/** How many letters must be put in, taken out or replaced. */
export function distance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, i) => i);
  for (let i = 1; i <= left.length; i++) {
    const next = [i];
    for (let j = 1; j <= right.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (left[i - 1] === right[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[right.length] ?? 0;
}
