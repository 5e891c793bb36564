import type { Engine } from '../jobs/engine';
import type { Catalog, Column, TablePath } from '../sql/catalog';
import { BigQueryError } from '../sql/errors';

/** The catalog's part of a view that the API makes or changes. Throws where its SQL is wrong. */
export async function analyzeView(
  engine: Engine,
  catalog: Catalog,
  path: TablePath,
  view: { readonly query: string; readonly useLegacySql?: boolean | undefined },
): Promise<{ columns: readonly Column[]; viewSql: string }> {
  if (view.useLegacySql) {
    throw new BigQueryError(
      'invalid',
      'The local BigQuery does not support legacy SQL: set view.useLegacySql to false',
    );
  }
  const statement = await engine.compiler.prepare(view.query, {
    catalog,
    defaultProject: path.project,
  });
  if (statement.kind !== 'query') {
    throw new BigQueryError('invalid', `The view ${path.table} must be one SELECT statement`);
  }
  return { columns: statement.columns, viewSql: view.query };
}
