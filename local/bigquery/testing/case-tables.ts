import { randomUUID } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadFiles } from '../jobs/load-job';
import { printSchema } from '../jobs/table-schema';
import type { Column, TablePath } from '../sql/catalog';
import type { GoogleSqlType } from '../sql/types';
import { createDataset } from '../storage/dataset-changes';
import type { DatasetPath } from '../storage/entries';
import type { Storage, WriteSession } from '../storage/storage';
import { createTable } from '../storage/table-changes';
import type { CaseRow } from './case-files';

/** A table to be made with the rows of a case. */
export interface CaseTable {
  readonly path: TablePath;
  readonly columns: readonly Column[];
  readonly rows: readonly CaseRow[];
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
  const times = { createdAt: 0, modifiedAt: 0 };
  await storage.write(async (session) => {
    for (const { path, columns, rows } of tables) {
      await ensureDataset(session, path);
      if (!session.catalog.find(path)) {
        await createTable(session, { path, kind: 'TABLE', columns, ...times });
      }
      if (rows.length === 0) continue;
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
  });
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
