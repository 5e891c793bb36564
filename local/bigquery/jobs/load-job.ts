import type { Column, TablePath } from '../sql/catalog';
import { BigQueryError } from '../sql/errors';
import { duckTable, printPath, quoteIdentifier } from '../sql/names';
import type { StoredTable } from '../storage/entries';
import type { WriteSession } from '../storage/storage';
import { createTable, createTableAs, touchTable } from '../storage/table-changes';
import { countRows } from '../storage/table-size';
import type { JobOutcome } from './job';
import { findBadRow, refuseUnknownFields } from './load-checks';
import { detectColumns } from './load-columns';
import { totalBytes } from './load-files';
import { type LoadSource, loadSource } from './load-source';
import type { LoadConfiguration } from './requests';
import { parseSchema } from './table-schema';

/**
 * Loads files into a table, all rows or none, as part of the session's transaction. The table is
 * made, filled or replaced by the configuration's dispositions. `now` in milliseconds since 1970.
 */
export async function loadFiles(
  session: WriteSession,
  files: readonly string[],
  configuration: LoadConfiguration,
  now: number,
): Promise<JobOutcome> {
  refuseUnsupported(configuration);
  const { projectId, datasetId, tableId } = configuration.destinationTable;
  const path: TablePath = { project: projectId, dataset: datasetId, table: tableId };
  const existing = session.catalog.find(path);
  await checkDispositions(session, configuration, path, existing);
  const entry = await targetEntry(session, files, configuration, path, now);
  const columns = sourceColumns(entry, configuration);
  const source = loadSource(files, columns, configuration);
  const rowCount = await withRowErrors(session, source, columns, async () => {
    if (
      configuration.sourceFormat === 'NEWLINE_DELIMITED_JSON' &&
      !configuration.ignoreUnknownValues
    ) {
      await refuseUnknownFields(session.connection, files, columns);
    }
    return store(session, entry, existing, columns, source, configuration);
  });
  touchTable(session, path, now);
  return {
    load: { rowCount, fileCount: files.length, inputBytes: totalBytes(files) },
    target: path,
  };
}

function refuseUnsupported({ maxBadRecords }: LoadConfiguration): void {
  if (maxBadRecords) {
    throw new BigQueryError(
      'invalid',
      'The local BigQuery does not support maxBadRecords: mend the file, or keep bad rows aside before loading',
    );
  }
}

async function checkDispositions(
  session: WriteSession,
  { createDisposition, writeDisposition }: LoadConfiguration,
  path: TablePath,
  existing: StoredTable | undefined,
): Promise<void> {
  const name = `${path.project}:${path.dataset}.${path.table}`;
  if (!existing && createDisposition === 'CREATE_NEVER') {
    throw new BigQueryError('notFound', `Not found: Table ${name}`);
  }
  if (existing?.kind === 'VIEW') {
    throw new BigQueryError('invalid', `Cannot load into ${printPath(path)}: it is a view`);
  }
  if (existing && writeDisposition === 'WRITE_EMPTY') {
    if ((await countRows(session.connection, existing)) > 0) {
      throw new BigQueryError('duplicate', `Already Exists: Table ${name}`);
    }
  }
}

/** The table as it will be: the existing one, or one by the job's or the file's schema. */
async function targetEntry(
  session: WriteSession,
  files: readonly string[],
  configuration: LoadConfiguration,
  path: TablePath,
  now: number,
): Promise<StoredTable> {
  const existing = session.catalog.find(path);
  const given = configuration.schema?.fields;
  const truncates = configuration.writeDisposition === 'WRITE_TRUNCATE';
  if (existing && existing.columns.length > 0 && !(truncates && given)) return existing;
  const schema = given
    ? parseSchema(given)
    : { columns: await detectColumns(session.connection, files, configuration) };
  const base = existing ?? { path, kind: 'TABLE' as const, createdAt: now };
  return { ...base, ...schema, modifiedAt: now };
}

/** What the file holds: the job's schema where it is given, else every column of the table. */
function sourceColumns(entry: StoredTable, configuration: LoadConfiguration): readonly Column[] {
  const given = configuration.schema?.fields;
  if (!given) return entry.columns;
  const known = new Map(entry.columns.map((column) => [column.name.toLowerCase(), column]));
  return parseSchema(given).columns.map((column) => {
    const target = known.get(column.name.toLowerCase());
    if (!target) {
      throw new BigQueryError(
        'invalid',
        `Provided Schema does not match Table ${printPath(entry.path)}. Cannot add fields (field: ${column.name})`,
      );
    }
    return target;
  });
}

async function store(
  session: WriteSession,
  entry: StoredTable,
  existing: StoredTable | undefined,
  columns: readonly Column[],
  source: LoadSource,
  { writeDisposition }: LoadConfiguration,
): Promise<number> {
  const select = `SELECT ${source.values.join(', ')} FROM ${source.from}`;
  if (writeDisposition === 'WRITE_TRUNCATE' && existing) {
    return createTableAs(session, { ...entry, columns }, select, true);
  }
  if (!existing) await createTable(session, entry);
  const names = columns.map(({ name }) => quoteIdentifier(name)).join(', ');
  const result = await session.connection.run(
    `INSERT INTO ${duckTable(entry.path)} (${names}) ${select}`,
  );
  return Number((await result.getRows())[0]?.[0] ?? 0);
}

/** Where storing fails because of one row, the error names the row instead. */
async function withRowErrors<T>(
  session: WriteSession,
  source: LoadSource,
  columns: readonly Column[],
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof BigQueryError) throw error;
    // The failed statement has aborted the transaction; nothing of it will be kept anyway.
    await session.connection.run('ROLLBACK').catch(() => undefined);
    throw (await findBadRow(session.connection, source, columns).catch(() => undefined)) ?? error;
  }
}
