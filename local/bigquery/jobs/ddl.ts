import { BigQueryError } from '../sql/errors';
import { printPath } from '../sql/names';
import type {
  ObjectOptions,
  PreparedAddColumns,
  PreparedChangeTable,
  PreparedCreateSchema,
  PreparedCreateTable,
  PreparedCreateView,
  PreparedDrop,
  PreparedDropSchema,
  PreparedSetOptions,
} from '../sql/prepared';
import { createDataset, dropDataset } from '../storage/dataset-changes';
import type { StoredTable } from '../storage/entries';
import type { WriteSession } from '../storage/storage';
import {
  addColumns,
  createTable,
  createTableAs,
  describeTable,
  dropTable,
  requireTable,
} from '../storage/table-changes';
import { changeTable } from './change-table';
import type { JobOutcome } from './job';
import { makeInSteps } from './spooled-tables';
import type { StatementContext } from './statements';
import { metadata, newColumns, tableEntry } from './table-entry';
import { unlikeTexts } from './unlike-texts';

type Ddl =
  | PreparedCreateTable
  | PreparedCreateView
  | PreparedCreateSchema
  | PreparedDrop
  | PreparedDropSchema
  | PreparedAddColumns
  | PreparedChangeTable
  | PreparedSetOptions;

/** Runs a statement that changes the catalog. */
export async function runDdl(
  session: WriteSession,
  statement: Ddl,
  context: StatementContext,
): Promise<JobOutcome> {
  switch (statement.kind) {
    case 'createTable':
    case 'createView':
      return runCreate(session, statement, context.now);
    case 'createSchema':
      return runCreateSchema(session, statement, context);
    case 'drop':
      return runDrop(session, statement);
    case 'dropSchema':
      if (statement.ifExists && !session.catalog.findDataset(statement.dataset)) return {};
      await dropDataset(session, statement.dataset, statement.cascade);
      return {};
    case 'addColumns':
      return runAddColumns(session, statement, context.now);
    case 'changeTable':
      return changeTable(session, statement, context.now);
    case 'setOptions': {
      if (statement.ifExists && !session.catalog.find(statement.path)) return {};
      const entry = requireTable(session.catalog, statement.path);
      describeTable(session, entry, {
        ...entry,
        ...metadata(statement.options),
        ...filterRequirement(entry, statement.options),
        modifiedAt: context.now,
      });
      return { target: entry.path };
    }
  }
}

async function runCreate(
  session: WriteSession,
  statement: PreparedCreateTable | PreparedCreateView,
  now: number,
): Promise<JobOutcome> {
  const { path: target, mode, referenced } = statement;
  if (mode === 'ifNotExists' && session.catalog.find(target)) return { target, referenced };
  const entry = tableEntry(statement, now);
  const replace = mode === 'replace';
  if (statement.kind === 'createTable' && statement.asSql !== undefined) {
    const unlike = await unlikeTexts(session, entry.columns, referenced);
    await makeInSteps(session, statement, (sql) =>
      createTableAs(session, entry, sql, replace, unlike),
    );
  } else {
    await createTable(session, entry, replace);
  }
  return { target, referenced };
}

async function runCreateSchema(
  session: WriteSession,
  { dataset, mode, options }: PreparedCreateSchema,
  { now, location }: StatementContext,
): Promise<JobOutcome> {
  if (mode === 'ifNotExists' && session.catalog.findDataset(dataset)) return {};
  await createDataset(session, {
    path: { project: dataset.project, dataset: dataset.dataset },
    location,
    ...metadata(options),
    createdAt: now,
    modifiedAt: now,
  });
  return {};
}

async function runDrop(
  session: WriteSession,
  { path, objectType, ifExists }: PreparedDrop,
): Promise<JobOutcome> {
  if (ifExists && !session.catalog.find(path)) return {};
  const entry = requireTable(session.catalog, path);
  if (entry.kind !== objectType) {
    throw new BigQueryError(
      'invalidQuery',
      `${printPath(path)} is a ${entry.kind}, so DROP ${objectType} does not fit: write DROP ${entry.kind}`,
    );
  }
  await dropTable(session, path);
  return { target: path };
}

async function runAddColumns(
  session: WriteSession,
  { path, columns, ifExists }: PreparedAddColumns,
  now: number,
): Promise<JobOutcome> {
  if (ifExists && !session.catalog.find(path)) return {};
  const entry = requireTable(session.catalog, path);
  const added = newColumns(entry, columns);
  await addColumns(session, path, added);
  session.catalog.putTable({ ...entry, columns: [...entry.columns, ...added], modifiedAt: now });
  return { target: path };
}

/** OPTIONS (require_partition_filter = ...) of a table that has partitions. */
function filterRequirement(
  { partitioning }: StoredTable,
  { all: { require_partition_filter: requireFilter } }: ObjectOptions,
): Partial<StoredTable> {
  if (!partitioning || requireFilter === undefined) return {};
  return { partitioning: { ...partitioning, requireFilter: requireFilter === true } };
}
