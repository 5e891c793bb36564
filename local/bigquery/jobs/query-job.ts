import type { TablePath } from '../sql/catalog';
import { BigQueryError } from '../sql/errors';
import { duckTable, quoteIdentifier } from '../sql/names';
import type { ScriptStatement } from '../sql/script';
import type { Storage, WriteSession } from '../storage/storage';
import { createTableAs, insertRows, requireTable } from '../storage/table-changes';
import type { Compiler } from './compiler';
import { checkDeclarations } from './declarations';
import { checkDestination, updateSchema } from './destination';
import type { JobControl, JobOutcome } from './job';
import { readParameters } from './parameters';
import { admit, NO_BYTES } from './query-bytes';
import type { QueryConfiguration } from './requests';
import { collectResult } from './result-set';
import { prepare, prepareAhead, runScript, type ScriptContext } from './script';
import { isReader } from './statement-kind';
import { layout } from './table-layout';
import { checkTransactions } from './transactions';

export interface QueryEnvironment {
  readonly storage: Storage;
  readonly compiler: Compiler;
  /** Of datasets that queries make. */
  readonly location: string;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

/** Splits the request's SQL and reads its parameters; throws for what cannot run at all. */
export function readQuery(
  environment: QueryEnvironment,
  configuration: QueryConfiguration,
  project: string,
): { statements: readonly ScriptStatement[]; context: ScriptContext } {
  if (configuration.useLegacySql) {
    throw new BigQueryError(
      'invalidQuery',
      'The local BigQuery does not support legacy SQL: set useLegacySql to false',
    );
  }
  const { storage, compiler, location, clock } = environment;
  const statements = compiler.split(configuration.query);
  if (statements.length === 0) {
    throw new BigQueryError('invalidQuery', 'Syntax error: Unexpected end of script');
  }
  checkDeclarations(statements);
  checkTransactions(statements);
  const { defaultDataset, queryParameters } = configuration;
  const context: ScriptContext = {
    compiler,
    exportsDir: storage.folder.exports,
    location,
    now: clock(),
    maximumBytesBilled: configuration.maximumBytesBilled ?? undefined,
    names: {
      defaultProject: project,
      ...(defaultDataset && {
        defaultDataset: {
          project: defaultDataset.projectId ?? project,
          dataset: defaultDataset.datasetId,
        },
      }),
      ...(queryParameters && { parameters: readParameters(queryParameters) }),
    },
  };
  return { statements, context };
}

/**
 * Runs the SQL of a query job as one transaction: beside others where it only reads, else in line
 * with the other writers.
 */
export async function runQueryJob(
  environment: QueryEnvironment,
  configuration: QueryConfiguration,
  project: string,
  control: JobControl,
): Promise<JobOutcome> {
  const { statements, context } = readQuery(environment, configuration, project);
  const { storage } = environment;
  if (!configuration.destinationTable && statements.every(({ text }) => isReader(text))) {
    return storage.read((session) => {
      control.attach(session.connection);
      return runScript(session, statements, context);
    });
  }
  // While other writers work; the place in line is kept.
  const ahead = prepareAhead(statements, storage.catalog, context);
  return storage.write(async (session) => {
    control.attach(session.connection);
    await ahead;
    return configuration.destinationTable
      ? runIntoTable(session, statements, context, configuration)
      : runScript(session, statements, context);
  });
}

/** A query with a destination: its rows go into the table by the write disposition. */
async function runIntoTable(
  session: WriteSession,
  statements: readonly ScriptStatement[],
  context: ScriptContext,
  configuration: QueryConfiguration,
): Promise<JobOutcome> {
  const reference = configuration.destinationTable as NonNullable<
    QueryConfiguration['destinationTable']
  >;
  const path: TablePath = {
    project: reference.projectId,
    dataset: reference.datasetId,
    table: reference.tableId,
  };
  const statement = await prepare(
    statements[0] as ScriptStatement,
    session.catalog,
    new Map(),
    context,
  );
  if (statements.length > 1 || statement.kind !== 'query') {
    throw new BigQueryError(
      'invalidQuery',
      'A destination table takes the rows of one SELECT: leave it out for scripts, DDL and DML',
    );
  }
  const bytes = await admit(session, statement, NO_BYTES, context.maximumBytesBilled);
  const { sql, columns } = statement;
  const write = configuration.writeDisposition ?? 'WRITE_EMPTY';
  const existing = await checkDestination(session, path, {
    createDisposition: configuration.createDisposition,
    writeDisposition: write,
  });
  const names = columns.map(({ name }) => quoteIdentifier(name)).join(', ');
  if (existing && write === 'WRITE_APPEND') {
    const schema = { columns, fieldDescriptions: {} };
    await updateSchema(session, existing, schema, configuration.schemaUpdateOptions ?? []);
    await insertRows(session, path, `(${names}) (${sql}\n)`, context.now);
  } else {
    const times = { createdAt: context.now, modifiedAt: context.now };
    const made = { path, kind: 'TABLE' as const, columns, ...layout(columns, configuration) };
    await createTableAs(session, { ...made, ...times }, sql, true);
  }
  const stored = requireTable(session.catalog, path);
  const result = await collectResult(session, `SELECT * FROM ${duckTable(path)}`, stored.columns);
  return { statementType: 'SELECT', target: path, result, bytes };
}
