import type { Column, TablePath } from '../sql/catalog';
import { printPath } from '../sql/names';
import type { PreparedStatement } from '../sql/prepared';
import { CatalogEdit } from '../storage/catalog-edit';
import { countRows, estimateBytes } from '../storage/table-size';
import { type QueryEnvironment, readQuery } from './query-job';
import type { QueryConfiguration } from './requests';
import { analyzeScript } from './script';
import { statementType } from './statement-kind';

/** What a dry run tells: the query is valid, its columns, and about how much it would read. */
export interface DryRun {
  readonly statementType: string;
  readonly columns: readonly Column[] | undefined;
  readonly referenced: readonly TablePath[];
  /** Logical bytes of the tables read, an estimate. */
  readonly processedBytes: number;
}

/** Analyzes a query job without running it. Throws what the job would fail with at analysis. */
export function dryRun(
  environment: QueryEnvironment,
  configuration: QueryConfiguration,
  project: string,
): Promise<DryRun> {
  const { statements, context } = readQuery(environment, configuration, project);
  return environment.storage.read(async ({ catalog, connection }) => {
    const prepared = await analyzeScript(new CatalogEdit(catalog), statements, context);
    const last = prepared.at(-1) as PreparedStatement;
    const referenced = distinctPaths(
      prepared.flatMap((statement) => ('referenced' in statement ? statement.referenced : [])),
    );
    let processedBytes = 0;
    for (const path of referenced) {
      const entry = catalog.find(path);
      if (!entry) continue;
      const rowCount = await countRows(connection, entry);
      processedBytes += await estimateBytes(connection, entry, rowCount);
    }
    return {
      statementType: prepared.length > 1 ? 'SCRIPT' : statementType(last),
      columns: last.kind === 'query' ? last.columns : undefined,
      referenced,
      processedBytes,
    };
  });
}

function distinctPaths(paths: readonly TablePath[]): TablePath[] {
  return [...new Map(paths.map((path) => [printPath(path), path])).values()];
}
