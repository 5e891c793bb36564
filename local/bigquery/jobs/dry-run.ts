import type { Column, TablePath } from '../sql/catalog';
import { printPath } from '../sql/names';
import type { PreparedStatement } from '../sql/prepared';
import { CatalogEdit } from '../storage/catalog-edit';
import { addBytes, admit, NO_BYTES, type QueryBytes } from './query-bytes';
import { type QueryEnvironment, readQuery } from './query-job';
import type { QueryConfiguration } from './requests';
import { analyzeScript } from './script';
import { statementType } from './statement-kind';

/** What a dry run tells: the query is valid, its columns, and what it would cost. */
export interface DryRun {
  readonly statementType: string;
  readonly columns: readonly Column[] | undefined;
  readonly referenced: readonly TablePath[];
  readonly bytes: QueryBytes;
}

/** Analyzes a query job without running it. Throws what the job would fail with at analysis. */
export function dryRun(
  environment: QueryEnvironment,
  configuration: QueryConfiguration,
  project: string,
): Promise<DryRun> {
  const { statements, context } = readQuery(environment, configuration, project);
  return environment.storage.read(async (session) => {
    const draft = new CatalogEdit(session.catalog);
    const prepared = await analyzeScript(draft, statements, context, session);
    const last = prepared.at(-1) as PreparedStatement;
    const referenced = distinctPaths(
      prepared.flatMap((statement) => ('referenced' in statement ? statement.referenced : [])),
    );
    let bytes = NO_BYTES;
    for (const statement of prepared) {
      bytes = addBytes(bytes, await admit(session, statement, bytes, undefined));
    }
    return {
      statementType: prepared.length > 1 ? 'SCRIPT' : statementType(last),
      columns: last.kind === 'query' ? last.columns : undefined,
      referenced,
      bytes,
    };
  });
}

function distinctPaths(paths: readonly TablePath[]): TablePath[] {
  return [...new Map(paths.map((path) => [printPath(path), path])).values()];
}
