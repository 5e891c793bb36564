import type { Column, TablePath } from '../sql/catalog';
import { BigQueryError } from '../sql/errors';
import { printPath, quoteIdentifier } from '../sql/names';
import type { StoredTable } from '../storage/entries';
import type { WriteSession } from '../storage/storage';
import { createTable, createTableAs, insertRows } from '../storage/table-changes';
import { checkDestination, updateSchema } from './destination';
import type { JobOutcome } from './job';
import { findBadRow, refuseUnknownFields } from './load-checks';
import { detectColumns, detectCsvLayout } from './load-columns';
import { totalBytes } from './load-files';
import { refuseNestedTexts } from './load-nested-texts';
import { type LoadSettings, type LoadSource, loadSource } from './load-source';
import type { LoadConfiguration } from './requests';
import { layout } from './table-layout';
import { type ParsedSchema, parseSchema } from './table-schema';

/**
 * Loads files into a table, all rows or none, as part of the session's transaction. The table is
 * made, filled or replaced by the configuration's dispositions. `now` in milliseconds since 1970.
 */
export async function loadFiles(
  session: WriteSession,
  files: readonly string[],
  asked: LoadSettings,
  now: number,
): Promise<JobOutcome> {
  const configuration: LoadSettings = {
    ...asked,
    ...(await detectCsvLayout(session.connection, files, asked)),
  };
  const { projectId, datasetId, tableId } = configuration.destinationTable;
  const path: TablePath = { project: projectId, dataset: datasetId, table: tableId };
  const existing = await checkDestination(session, path, configuration);
  const entry = await targetEntry(session, files, configuration, path, now);
  const columns = sourceColumns(entry, configuration);
  const source = loadSource(files, columns, configuration);
  const rowCount = await withRowErrors(session, source, columns, async () => {
    if (configuration.sourceFormat === 'NEWLINE_DELIMITED_JSON') {
      const { connection } = session;
      const ignored = configuration.ignoreUnknownValues ?? false;
      await refuseUnknownFields(connection, files, columns, ignored);
      // Rows of insertAll were looked at one by one.
      if (!configuration.hasJsonTexts) await refuseNestedTexts(connection, files, columns);
    }
    return store(session, { ...entry, modifiedAt: now }, existing, columns, source, configuration);
  });
  return {
    load: { rowCount, fileCount: files.length, inputBytes: totalBytes(files) },
    target: path,
  };
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
  const updates = configuration.schemaUpdateOptions ?? [];
  if (existing && existing.columns.length > 0 && !replacesSchema(configuration)) {
    if (updates.length === 0) return existing;
    return updateSchema(
      session,
      existing,
      await sourceSchema(session, files, configuration),
      updates,
    );
  }
  const schema = await sourceSchema(session, files, configuration);
  if (existing) {
    requirePartitionColumn(existing, schema.columns);
    return { ...existing, ...schema, modifiedAt: now };
  }
  return {
    ...metadataOf(configuration),
    path,
    kind: 'TABLE',
    ...schema,
    ...layout(schema.columns, configuration),
    createdAt: now,
    modifiedAt: now,
  };
}

/** A load that replaces the rows replaces the columns too, where it says or finds others. */
function replacesSchema({ writeDisposition, schema, autodetect, sourceFormat }: LoadConfiguration) {
  if (writeDisposition !== 'WRITE_TRUNCATE') return false;
  return schema?.fields !== undefined || autodetect === true || sourceFormat === 'PARQUET';
}

function requirePartitionColumn({ path, partitioning }: StoredTable, columns: readonly Column[]) {
  const name = partitioning?.column.toLowerCase();
  if (name === undefined || columns.some((column) => column.name.toLowerCase() === name)) return;
  throw new BigQueryError(
    'invalid',
    `${printPath(path)} is partitioned by ${partitioning?.column}, which the new schema lacks; load that column too, or delete the table first`,
  );
}

async function sourceSchema(
  session: WriteSession,
  files: readonly string[],
  configuration: LoadConfiguration,
): Promise<ParsedSchema> {
  const given = configuration.schema?.fields;
  if (given) return parseSchema(given);
  const columns = await detectColumns(session.connection, files, configuration);
  return { columns, fieldDescriptions: {} };
}

function metadataOf({
  destinationTableProperties,
}: LoadConfiguration): Pick<StoredTable, 'description' | 'friendlyName' | 'labels'> {
  const { description, friendlyName, labels } = destinationTableProperties ?? {};
  return {
    ...(description && { description }),
    ...(friendlyName && { friendlyName }),
    ...(labels && { labels }),
  };
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
  return insertRows(session, entry.path, `(${names}) ${select}`, entry.modifiedAt);
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
