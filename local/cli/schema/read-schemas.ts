import { UserError } from '@tributary/functions/shared/errors';
import { rawTables } from '@tributary/functions/shared/raw-tables';
import { compilerOf } from '../../bigquery/jobs/compiler';
import { startAnalyzer } from '../../bigquery/sql/analyzer';
import type { Column } from '../../bigquery/sql/catalog';
import { compileProject } from '../../bigquery/testing/project';
import { projectSchemas } from '../../bigquery/testing/schemas';
import { readCompiledGraph } from '../../lint/compiled';

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

/** What a project's code says of its tables; needs no warehouse. */
export interface ProjectTables {
  readonly tables: readonly TableDescription[];
  /** Columns as the analyzer finds them, with everything they depend on. */
  columnsOf(name: string): Promise<readonly Column[]>;
  close(): Promise<void>;
}

/** Compiles a project; columns are analyzed when they are asked for. */
export async function readProjectTables(dir: string): Promise<ProjectTables> {
  const project = await compileProject(dir);
  const [first] = project.errors;
  if (first && project.models.size === 0) throw new UserError(first);
  const graph = readCompiledGraph(project.graph);
  const raw: Readonly<Record<string, { partitionBy: string; clusterBy: readonly string[] }>> =
    rawTables;
  const models = graph.tables.map((table) => ({ ...table, kind: table.type }));
  const sources = graph.declarations.map((source) => ({
    ...source,
    kind: 'source' as const,
    bigquery: raw[source.target.name] ?? { partitionBy: undefined, clusterBy: [] },
  }));
  const compiler = compilerOf(await startAnalyzer());
  const schemas = projectSchemas(project, compiler);
  return {
    tables: [...sources, ...models].map(
      ({ target, kind, fileName, bigquery, actionDescriptor }) => ({
        name: target.name,
        kind,
        file: fileName,
        description: actionDescriptor.description,
        partitionBy: bigquery.partitionBy,
        clusterBy: bigquery.clusterBy,
        described: new Map(
          actionDescriptor.columns.map(({ path, description }) => [path.join('.'), description]),
        ),
      }),
    ),
    columnsOf: (name) => schemas.columnsOf(name),
    close: () => compiler.close(),
  };
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
function distance(left: string, right: string): number {
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
