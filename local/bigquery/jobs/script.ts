import type { Catalog } from '../sql/catalog';
import type { TypedSql } from '../sql/compile/compiler';
import { BigQueryError } from '../sql/errors';
import type { PreparedStatement, PreparedVariable } from '../sql/prepared';
import { relocate, type ScriptStatement } from '../sql/script';
import { toDuckType } from '../sql/types';
import type { CatalogEdit } from '../storage/catalog-edit';
import type { Session, WriteSession } from '../storage/storage';
import type { Compiler, PrepareContext } from './compiler';
import type { JobOutcome } from './job';
import { addBytes, admit, NO_BYTES } from './query-bytes';
import { readColumns } from './result-set';
import { statementType } from './statement-kind';
import { runReader, runUnread, runWriter, type StatementContext } from './statements';
import { newColumns, tableEntry } from './table-entry';
import {
  hasTemporaryTables,
  placeTemporary,
  temporaryCatalog,
  temporaryNames,
  withTemporaryTables,
} from './temporary-tables';
import { valueText } from './variable-text';

/** What all statements of a script share. */
export interface ScriptContext extends StatementContext {
  readonly compiler: Compiler;
  readonly names: Omit<PrepareContext, 'catalog' | 'variables'>;
  /** More bytes than these may not be billed. */
  readonly maximumBytesBilled?: number | undefined;
}

/**
 * Runs statements one after another in the session's transaction. The outcome is that of the
 * last statement; of a script with several statements it is named SCRIPT, as BigQuery does.
 */
export async function runScript(
  session: Session | WriteSession,
  statements: readonly ScriptStatement[],
  context: ScriptContext,
): Promise<JobOutcome> {
  if (!hasTemporaryTables(statements)) return runStatements(session, statements, context);
  return withTemporaryTables(session as WriteSession, context.now, () =>
    runStatements(session, statements, { ...context, names: temporaryNames(context.names) }),
  );
}

async function runStatements(
  session: Session | WriteSession,
  statements: readonly ScriptStatement[],
  context: ScriptContext,
): Promise<JobOutcome> {
  const variables = new Map<string, TypedSql>();
  let outcome: JobOutcome = {};
  let bytes = NO_BYTES;
  for (const [index, text] of statements.entries()) {
    const statement = await prepare(text, session.catalog, variables, context);
    bytes = addBytes(bytes, await admit(session, statement, bytes, context.maximumBytesBilled));
    // Only the last statement's rows are the script's; earlier ones would hold memory.
    const isLast = index === statements.length - 1;
    const ran =
      statement.kind === 'query' && !isLast
        ? await runUnread(session, statement)
        : await runStatement(session, statement, variables, context);
    outcome = {
      ...ran,
      statementType: statementType(statement),
      bytes,
    };
  }
  return statements.length > 1 ? { ...outcome, statementType: 'SCRIPT' } : outcome;
}

/** Compiles one statement; errors say where in the whole script they are. */
export async function prepare(
  statement: ScriptStatement,
  catalog: Catalog,
  variables: ReadonlyMap<string, TypedSql>,
  { compiler, names }: ScriptContext,
): Promise<PreparedStatement> {
  try {
    const visible = temporaryCatalog(catalog, names);
    const prepared = await compiler.prepare(statement.text, {
      ...names,
      catalog: visible,
      variables,
    });
    return placeTemporary(prepared);
  } catch (error) {
    throw error instanceof BigQueryError ? relocate(error, statement) : error;
  }
}

/**
 * Compiles a statement before its turn, so that the compiler knows it then, unless a table that
 * it names has changed meanwhile. An error is not told: what it needs may still be made.
 */
export async function prepareAhead(
  statements: readonly ScriptStatement[],
  catalog: Catalog,
  context: ScriptContext,
): Promise<void> {
  const [statement] = statements;
  if (!statement || statements.length > 1) return;
  await prepare(statement, catalog, new Map(), context).catch(() => undefined);
}

async function runStatement(
  session: Session | WriteSession,
  statement: PreparedStatement,
  variables: Map<string, TypedSql>,
  context: ScriptContext,
): Promise<JobOutcome> {
  switch (statement.kind) {
    case 'declare':
    case 'set':
      await setVariables(session, statement, variables);
      return {};
    case 'query':
    case 'exportData':
    case 'assert':
      return runReader(session, statement, context);
    default:
      return runWriter(session as WriteSession, statement, context);
  }
}

/** Variables hold values, so each is computed once, where it is set. */
async function setVariables(
  session: Session,
  { names, type, sql }: PreparedVariable,
  variables: Map<string, TypedSql>,
): Promise<void> {
  const text = `SELECT ${valueText('v', type)} FROM (${sql}) AS q(v)`;
  const [[value = 'NULL'] = []] = await readColumns(session.connection, text);
  const typed = { type, sql: `CAST(${value} AS ${toDuckType(type)})` };
  for (const name of names) variables.set(name.toLowerCase(), typed);
}

/**
 * Prepares the statements of a script without running them; what they would make is put into
 * `catalog`, which nobody saves, so that later statements find it. With a session, variables that
 * are set from constants have their values. Throws the first error, unless `onError` takes each:
 * then the statements after it are prepared too, as far as they do not need it.
 */
export async function analyzeScript(
  catalog: CatalogEdit,
  statements: readonly ScriptStatement[],
  context: ScriptContext,
  session?: Session,
  onError?: (error: Error) => void,
): Promise<PreparedStatement[]> {
  const variables = new Map<string, TypedSql>();
  const prepared: PreparedStatement[] = [];
  const names = hasTemporaryTables(statements) ? temporaryNames(context.names) : context.names;
  for (const text of statements) {
    const statement = await prepare(text, catalog, variables, { ...context, names }).catch(
      (error: Error) => {
        if (!onError) throw error;
        onError(error);
      },
    );
    if (!statement) continue;
    prepared.push(statement);
    if (statement.kind === 'createTable' || statement.kind === 'createView') {
      catalog.putTable(tableEntry(statement, context.now));
    } else if (statement.kind === 'addColumns') {
      const entry = catalog.find(statement.path);
      const added = entry ? newColumns(entry, statement.columns) : [];
      if (entry) catalog.putTable({ ...entry, columns: [...entry.columns, ...added] });
    } else if (statement.kind === 'declare' || statement.kind === 'set') {
      await foreseeVariables(session, statement, text, variables);
    }
  }
  return prepared;
}

/** A variable that is set from constants has its value in a dry run too; others are unknown. */
async function foreseeVariables(
  session: Session | undefined,
  statement: PreparedVariable & Pick<PreparedStatement, 'reads'>,
  { text }: ScriptStatement,
  variables: Map<string, TypedSql>,
): Promise<void> {
  const usesUnknown = [...variables].some(
    ([name, { isUnknown }]) => isUnknown && new RegExp(`\\b${name}\\b`, 'i').test(text),
  );
  if (session && !usesUnknown && statement.reads?.length === 0) {
    await setVariables(session, statement, variables);
    return;
  }
  const { names, type } = statement;
  const typed = { type, sql: `CAST(NULL AS ${toDuckType(type)})`, isUnknown: true };
  for (const name of names) variables.set(name.toLowerCase(), typed);
}
