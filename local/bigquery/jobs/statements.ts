import { BigQueryError, UnsupportedError } from '../sql/errors';
import { duckTable } from '../sql/names';
import type {
  PreparedAssert,
  PreparedDml,
  PreparedExportData,
  PreparedQuery,
  PreparedStatement,
  PreparedVariable,
} from '../sql/prepared';
import { hasStorage } from '../storage/entries';
import type { Session, WriteSession } from '../storage/storage';
import { requireTable, touchTable } from '../storage/table-changes';
import { runDdl } from './ddl';
import { rowCount, runCounted } from './dml-counts';
import { exportData } from './export-data';
import type { JobOutcome } from './job';
import { collectResult, readColumns, storeRows } from './result-set';

export interface StatementContext {
  readonly exportsDir: string;
  /** Of datasets that statements make. */
  readonly location: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

type ReadStatement = PreparedQuery | PreparedExportData | PreparedAssert;
type WriteStatement = Exclude<PreparedStatement, ReadStatement | PreparedVariable>;

/** Runs a statement that only reads: any session will do. */
export async function runReader(
  session: Session,
  statement: ReadStatement,
  context: StatementContext,
): Promise<JobOutcome> {
  const { referenced } = statement;
  switch (statement.kind) {
    case 'query':
      return { referenced, result: await collectResult(session, statement.sql, statement.columns) };
    case 'exportData':
      await exportData(session.connection, context.exportsDir, statement);
      return { referenced };
    case 'assert': {
      const [[holds] = []] = await readColumns(session.connection, statement.sql);
      if (holds !== true) throw new BigQueryError('invalidQuery', statement.message);
      return { referenced };
    }
  }
}

/** Runs a query whose rows nobody reads: those of a script's earlier queries. */
export async function runUnread(
  { connection }: Session,
  { sql, columns, referenced }: PreparedQuery,
): Promise<JobOutcome> {
  await storeRows(connection, sql, columns);
  return { referenced };
}

/** Runs a statement that changes tables or the catalog, as part of the session's transaction. */
export async function runWriter(
  session: WriteSession,
  statement: WriteStatement,
  context: StatementContext,
): Promise<JobOutcome> {
  switch (statement.kind) {
    case 'dml':
      return runDml(session, statement, context.now);
    case 'truncate': {
      const entry = requireTable(session.catalog, statement.path);
      const deleted = hasStorage(entry) ? await rowCount(session.connection, entry.path) : 0;
      if (hasStorage(entry)) await session.connection.run(`DELETE FROM ${duckTable(entry.path)}`);
      touchTable(session, entry.path, context.now);
      return { target: entry.path, dml: { deleted } };
    }
    case 'begin':
    case 'commit':
      // The whole job is one transaction already.
      return {};
    case 'rollback':
      throw new UnsupportedError('ROLLBACK TRANSACTION');
    default:
      return runDdl(session, statement, context);
  }
}

async function runDml(
  session: WriteSession,
  statement: PreparedDml,
  now: number,
): Promise<JobOutcome> {
  const dml = await runCounted(session, statement);
  const { inserted = 0, updated = 0, deleted = 0 } = dml;
  const affectedRowCount = inserted + updated + deleted;
  // What is known of a table holds as long as its rows stay.
  if (affectedRowCount > 0) touchTable(session, statement.target, now, inserted - deleted);
  return { affectedRowCount, dml, target: statement.target, referenced: statement.referenced };
}
