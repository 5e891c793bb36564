import type { TablePath } from '../sql/catalog';
import { BigQueryError } from '../sql/errors';
import { duckTable, quoteIdentifier } from '../sql/names';
import { sameType } from '../sql/types';
import { hasStorage, type StoredTable } from '../storage/entries';
import type { WriteSession } from '../storage/storage';
import { createTableAs, insertRows, requireTable } from '../storage/table-changes';
import { checkDestination } from './destination';
import type { JobOutcome } from './job';
import type { CopyConfiguration } from './requests';

/**
 * Copies the rows of tables into one table, by the dispositions. A new or replaced table takes
 * schema, partitioning, clustering and description of the first source. `now` in milliseconds.
 */
export async function copyTables(
  session: WriteSession,
  configuration: CopyConfiguration,
  now: number,
): Promise<JobOutcome> {
  const { sourceTable, sourceTables, destinationTable } = configuration;
  const references = sourceTables?.length ? sourceTables : sourceTable ? [sourceTable] : [];
  const sources = references.map(({ projectId, datasetId, tableId }) =>
    sourceEntry(session, { project: projectId, dataset: datasetId, table: tableId }),
  );
  const [first] = sources;
  if (!first) throw new BigQueryError('invalid', 'A copy job needs sourceTable or sourceTables');
  const { projectId, datasetId, tableId } = destinationTable;
  const path: TablePath = { project: projectId, dataset: datasetId, table: tableId };
  const write = configuration.writeDisposition ?? 'WRITE_EMPTY';
  const existing = await checkDestination(session, path, {
    createDisposition: configuration.createDisposition,
    writeDisposition: write,
  });
  const isAppended = existing !== undefined && write === 'WRITE_APPEND';
  const target = isAppended ? existing : first;
  for (const source of sources) requireSameColumns(source, target);
  const names = target.columns.map(({ name }) => quoteIdentifier(name)).join(', ');
  const rows = sources
    .map((source) => `SELECT ${names} FROM ${duckTable(source.path)}`)
    .join(' UNION ALL ');
  if (isAppended) {
    const rowCount = await insertRows(session, path, `(${names}) ${rows}`, now);
    return { target: path, copy: { rowCount } };
  }
  const entry = { ...first, path, createdAt: now, modifiedAt: now };
  const rowCount = await createTableAs(session, entry, rows, true);
  return { target: path, copy: { rowCount } };
}

function sourceEntry(session: WriteSession, path: TablePath): StoredTable {
  const entry = requireTable(session.catalog, path);
  if (hasStorage(entry)) return entry;
  throw new BigQueryError(
    'invalid',
    `Cannot copy ${path.table}: only tables with columns can be copied`,
  );
}

function requireSameColumns(source: StoredTable, target: StoredTable): void {
  const byName = new Map(target.columns.map((column) => [column.name.toLowerCase(), column]));
  const isSame =
    source.columns.length === target.columns.length &&
    source.columns.every(({ name, type }) => {
      const other = byName.get(name.toLowerCase());
      return other !== undefined && sameType(type, other.type);
    });
  if (isSame) return;
  throw new BigQueryError(
    'invalid',
    `Incompatible table schemas: ${source.path.table} and ${target.path.table} must have the same columns`,
  );
}
