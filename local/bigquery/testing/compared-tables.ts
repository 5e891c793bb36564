import type { DuckDBValue } from '@duckdb/node-api';
import type { JobOutcome } from '../jobs/job';
import { readColumns } from '../jobs/result-set';
import { encodeRows } from '../rest/encode';
import type { Column, TablePath } from '../sql/catalog';
import { duckTable, printPath, quoteIdentifier } from '../sql/names';
import { dropDataset } from '../storage/dataset-changes';
import type { Storage } from '../storage/storage';
import { writeTables } from './case-tables';
import type { ComparedRow } from './compare-rows';
import type { CaseRow } from './row-files';

interface TableReader {
  readonly storage: Storage;
  readonly execute: (script: string) => Promise<JobOutcome>;
}

/** Where expected rows are stored, so that they get the types of the model's columns. */
const EXPECTED: Omit<TablePath, 'project'> = { dataset: 'expected', table: 'expected' };

/** Rows of a case as the loader of load jobs reads them into columns of these types. */
export async function typedRows(
  storage: Storage,
  project: string,
  columns: readonly Column[],
  rows: readonly CaseRow[],
): Promise<ComparedRow[]> {
  const path = { project, ...EXPECTED };
  await writeTables(storage, [{ path, columns, rows }]);
  const typed = await readStored(storage, path, columns);
  await storage.write((session) => dropDataset(session, path, true));
  return typed;
}

/** Columns of a table or view. */
export async function readTable(
  { storage, execute }: TableReader,
  path: TablePath,
  columns: readonly Column[],
): Promise<ComparedRow[]> {
  if (storage.catalog.find(path)?.kind !== 'VIEW') return readStored(storage, path, columns);
  const names = columns.map(({ name }) => `\`${name}\``).join(', ');
  const { result } = await execute(`SELECT ${names} FROM \`${printPath(path)}\``);
  if (!result) return [];
  const values = await result.page(0, result.rowCount);
  result.close();
  return comparedRows(columns, values);
}

function readStored(
  storage: Storage,
  path: TablePath,
  columns: readonly Column[],
): Promise<ComparedRow[]> {
  const names = columns.map(({ name }) => quoteIdentifier(name)).join(', ');
  return storage.read(async ({ connection }) =>
    comparedRows(columns, await readColumns(connection, `SELECT ${names} FROM ${duckTable(path)}`)),
  );
}

function comparedRows(
  columns: readonly Column[],
  values: readonly (readonly DuckDBValue[])[],
): ComparedRow[] {
  return encodeRows(columns, values, { useInt64Timestamp: true }).map(
    (row) => new Map(row.f.map(({ v }, index) => [columns[index]?.name ?? '', v])),
  );
}
