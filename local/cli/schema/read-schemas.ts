import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '@tributary/functions/shared/errors';
import { rawTables } from '@tributary/functions/shared/raw-tables';
import { compilerOf } from '../../bigquery/jobs/compiler';
import { parseSchema } from '../../bigquery/jobs/table-schema';
import { startAnalyzer } from '../../bigquery/sql/analyzer';
import type { Column } from '../../bigquery/sql/catalog';
import { compileProject } from '../../bigquery/testing/project';
import { projectSchemas } from '../../bigquery/testing/schemas';
import type { TableDescription } from './find-table';

/** What a project's code says of its tables; needs no warehouse. */
interface ProjectTables {
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
  const { graph } = project;
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
    columnsOf: async (name) => contractColumns(dir, name) ?? schemas.columnsOf(name),
    close: () => compiler.close(),
  };
}

/** Columns of this repository's own raw tables, with what their contract requires. */
function contractColumns(dir: string, name: string): readonly Column[] | undefined {
  if (!existsSync(join(dir, 'functions/shared/raw-tables.ts'))) return undefined;
  const table = Object.entries(rawTables).find(([raw]) => raw === name)?.[1];
  return table && parseSchema(table.columns).columns;
}
