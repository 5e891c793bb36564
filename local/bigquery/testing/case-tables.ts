import { randomUUID } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadFiles } from '../jobs/load-job';
import { readColumns } from '../jobs/result-set';
import { printSchema } from '../jobs/table-schema';
import type { Column, Partitioning, TablePath } from '../sql/catalog';
import { duckTable, quoteIdentifier } from '../sql/names';
import type { GoogleSqlType } from '../sql/types';
import { createDataset, dropDataset } from '../storage/dataset-changes';
import type { DatasetPath } from '../storage/entries';
import type { Storage, WriteSession } from '../storage/storage';
import { createTable } from '../storage/table-changes';
import type { CaseRow } from './row-files';

/** A table to be made with the rows of a case. */
export interface CaseTable {
  readonly path: TablePath;
  readonly columns: readonly Column[];
  readonly rows: readonly CaseRow[];
  readonly partitioning?: Partitioning | undefined;
}

/** Makes a dataset unless it is there. */
export async function ensureDataset(
  session: WriteSession,
  { project, dataset }: DatasetPath,
): Promise<void> {
  const path = { project, dataset };
  if (session.catalog.findDataset(path)) return;
  await createDataset(session, { path, location: 'EU', createdAt: 0, modifiedAt: 0 });
}

/** Makes tables (and their datasets) and fills them, or adds rows to those that are there. */
export async function writeTables(storage: Storage, tables: readonly CaseTable[]): Promise<void> {
  await storage.write(async (session) => {
    for (const table of tables) await writeTable(storage, session, table);
  });
}

/** Puts other rows in the place of all that the tables hold. */
export async function replaceRows(storage: Storage, tables: readonly CaseTable[]): Promise<void> {
  await storage.write(async (session) => {
    for (const table of tables) {
      await session.connection.run(`DELETE FROM ${duckTable(table.path)}`);
      await writeTable(storage, session, table);
    }
  });
}

/**
 * Takes out the rows that equal one of `rows` in the columns that these name. Throws where one of
 * `rows` finds nothing to take out.
 */
export async function removeRows(storage: Storage, tables: readonly CaseTable[]): Promise<void> {
  await storage.write(async (session) => {
    for (const { path, columns, rows } of tables) {
      const named = new Set(rows.flatMap((row) => Object.keys(row)));
      const stranger = [...named].find((name) => !columns.some((column) => column.name === name));
      if (stranger) {
        const names = columns.map(({ name }) => name).join(', ');
        throw new Error(
          `rows to remove: ${path.table} has no column ${stranger}; it has ${names}.`,
        );
      }
      const keys = columns.filter(({ name }) => named.has(name));
      const pattern: TablePath = { project: path.project, dataset: 'removed', table: 'rows' };
      await writeTable(storage, session, { path: pattern, columns: keys, rows });
      await deleteMatches(session, path, pattern, keys);
      await dropDataset(session, pattern, true);
    }
  });
}

async function deleteMatches(
  { connection }: WriteSession,
  path: TablePath,
  pattern: TablePath,
  keys: readonly Column[],
): Promise<void> {
  const same = keys
    .map(
      ({ name }) =>
        `CAST(t.${quoteIdentifier(name)} AS VARCHAR) IS NOT DISTINCT FROM CAST(p.${quoteIdentifier(name)} AS VARCHAR)`,
    )
    .join(' AND ');
  const useless = `SELECT COUNT(*) FROM ${duckTable(pattern)} AS p WHERE NOT EXISTS (SELECT 1 FROM ${duckTable(path)} AS t WHERE ${same})`;
  const [[count = 0] = []] = await readColumns(connection, useless);
  if (Number(count) > 0) {
    throw new Error(`${count} of the rows to remove from ${path.table} found nothing to remove.`);
  }
  await connection.run(
    `DELETE FROM ${duckTable(path)} AS t WHERE EXISTS (SELECT 1 FROM ${duckTable(pattern)} AS p WHERE ${same})`,
  );
}

async function writeTable(
  storage: Storage,
  session: WriteSession,
  { path, columns, rows, partitioning }: CaseTable,
): Promise<void> {
  await ensureDataset(session, path);
  if (!session.catalog.find(path)) {
    const layout = partitioning && { partitioning };
    const table = { path, kind: 'TABLE', columns, ...layout, createdAt: 0, modifiedAt: 0 } as const;
    await createTable(session, table);
  }
  if (rows.length === 0) return;
  const file = join(storage.folder.uploads, randomUUID());
  writeFileSync(file, rows.map((row) => JSON.stringify(toJson(row, columns))).join('\n'));
  try {
    await loadFiles(session, [file], loadConfiguration(path, columns), 0);
  } catch (error) {
    throw new Error(`rows of ${path.table}: ${(error as Error).message}`);
  } finally {
    rmSync(file, { force: true });
  }
}

function loadConfiguration(path: TablePath, columns: readonly Column[]) {
  const { project: projectId, dataset: datasetId, table: tableId } = path;
  return {
    destinationTable: { projectId, datasetId, tableId },
    sourceFormat: 'NEWLINE_DELIMITED_JSON' as const,
    schema: { fields: printSchema(columns) },
    writeDisposition: 'WRITE_APPEND' as const,
  };
}

function toJson(row: CaseRow, columns: readonly Column[]): CaseRow {
  const types = new Map(columns.map(({ name, type }) => [name.toLowerCase(), type]));
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      toField(value, types.get(name.toLowerCase())),
    ]),
  );
}

/** JSON columns, arrays and structs may be written as JSON text, as CSV must do it. */
function toField(value: unknown, type: GoogleSqlType | undefined): unknown {
  if (typeof value !== 'string' || !type) return value;
  if (!['JSON', 'ARRAY', 'STRUCT'].includes(type.kind)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
