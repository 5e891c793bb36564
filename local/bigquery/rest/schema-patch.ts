import { parseSchema, type TableField } from '../jobs/table-schema';
import type { Column } from '../sql/catalog';
import { BigQueryError } from '../sql/errors';
import { duckTable, printPath, quoteIdentifier } from '../sql/names';
import { sameType } from '../sql/types';
import type { StoredTable } from '../storage/entries';
import type { WriteSession } from '../storage/storage';
import { addColumns } from '../storage/table-changes';

/**
 * Changes a table's schema as tables.patch may: descriptions, REQUIRED to NULLABLE, new columns
 * at the end. Throws 'invalid' for what BigQuery refuses (columns that go or change their type).
 */
export async function patchSchema(
  session: WriteSession,
  entry: StoredTable,
  fields: readonly TableField[] | undefined,
): Promise<StoredTable> {
  if (!fields) return entry;
  const { columns, fieldDescriptions } = parseSchema(fields);
  const byName = new Map(columns.map((column) => [column.name.toLowerCase(), column]));
  for (const column of entry.columns)
    checkColumn(entry, column, byName.get(column.name.toLowerCase()));
  if (entry.kind === 'TABLE') {
    const known = new Set(entry.columns.map(({ name }) => name.toLowerCase()));
    await addColumns(
      session,
      entry.path,
      columns.filter(({ name }) => !known.has(name.toLowerCase())),
    );
    for (const { name, required } of entry.columns) {
      if (!required || byName.get(name.toLowerCase())?.required) continue;
      await session.connection.run(
        `ALTER TABLE ${duckTable(entry.path)} ALTER COLUMN ${quoteIdentifier(name)} DROP NOT NULL`,
      );
    }
  }
  return { ...entry, columns, fieldDescriptions };
}

function checkColumn(entry: StoredTable, before: Column, after: Column | undefined): void {
  const problem = !after
    ? `Field ${before.name} is missing in new schema`
    : !sameType(before.type, after.type)
      ? `Field ${before.name} has changed type`
      : after.required && !before.required
        ? `Field ${before.name} has changed mode from NULLABLE to REQUIRED`
        : undefined;
  if (problem) {
    throw new BigQueryError(
      'invalid',
      `Provided Schema does not match Table ${printPath(entry.path)}. ${problem}`,
    );
  }
}
