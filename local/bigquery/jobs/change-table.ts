import type { Column } from '../sql/catalog';
import { BigQueryError } from '../sql/errors';
import { duckTable, quoteIdentifier } from '../sql/names';
import type { PreparedChangeTable, TableChange } from '../sql/prepared';
import type { StoredTable } from '../storage/entries';
import type { WriteSession } from '../storage/storage';
import { renameTable, requireTable } from '../storage/table-changes';
import type { JobOutcome } from './job';

/** ALTER TABLE ... DROP COLUMN, RENAME COLUMN, RENAME TO, ALTER COLUMN ... DROP NOT NULL. */
export async function changeTable(
  session: WriteSession,
  { path, changes, ifExists }: PreparedChangeTable,
  now: number,
): Promise<JobOutcome> {
  if (ifExists && !session.catalog.find(path)) return {};
  let entry = requireTable(session.catalog, path);
  if (entry.kind !== 'TABLE') {
    throw new BigQueryError('invalidQuery', `ALTER TABLE cannot change the view ${path.table}`);
  }
  for (const change of changes) {
    entry =
      change.change === 'rename'
        ? await renameTable(session, entry, change.to)
        : await changeColumn(session, entry, change);
  }
  session.catalog.putTable({ ...entry, modifiedAt: now });
  return { target: entry.path };
}

async function changeColumn(
  session: WriteSession,
  entry: StoredTable,
  change: Exclude<TableChange, { change: 'rename' }>,
): Promise<StoredTable> {
  const column = findColumn(entry, change.column);
  if (!column) {
    if (change.ifExists) return entry;
    throw new BigQueryError('invalidQuery', `Column not found: ${change.column}`);
  }
  const name = quoteIdentifier(column.name);
  const alter = (sql: string) =>
    session.connection.run(`ALTER TABLE ${duckTable(entry.path)} ${sql}`);
  const others = entry.columns.filter((other) => other !== column);
  const replaced = (by: Column) => entry.columns.map((other) => (other === column ? by : other));
  switch (change.change) {
    case 'dropColumn':
      refuseLayoutColumn(entry, column, 'drop');
      if (others.length === 0) {
        throw new BigQueryError(
          'invalidQuery',
          'ALTER TABLE cannot drop the only column of a table',
        );
      }
      await alter(`DROP COLUMN ${name}`);
      return { ...entry, columns: others };
    case 'renameColumn':
      refuseLayoutColumn(entry, column, 'rename');
      if (findColumn({ columns: others }, change.to)) {
        throw new BigQueryError('invalidQuery', `Column already exists: ${change.to}`);
      }
      await alter(`RENAME COLUMN ${name} TO ${quoteIdentifier(change.to)}`);
      return { ...entry, columns: replaced({ ...column, name: change.to }) };
    case 'dropNotNull': {
      if (column.required) await alter(`ALTER COLUMN ${name} DROP NOT NULL`);
      const { required: _, ...nullable } = column;
      return { ...entry, columns: replaced(nullable) };
    }
  }
}

function findColumn({ columns }: Pick<StoredTable, 'columns'>, name: string): Column | undefined {
  return columns.find((column) => column.name.toLowerCase() === name.toLowerCase());
}

/** As in BigQuery: the columns that order a table on disk keep their names. */
function refuseLayoutColumn(
  { partitioning, clustering = [] }: StoredTable,
  { name }: Column,
  verb: string,
): void {
  const layout = [partitioning?.column, ...clustering].map((column) => column?.toLowerCase());
  if (layout.includes(name.toLowerCase())) {
    throw new BigQueryError(
      'invalidQuery',
      `ALTER TABLE cannot ${verb} ${name}, by which the table is partitioned or clustered`,
    );
  }
}
