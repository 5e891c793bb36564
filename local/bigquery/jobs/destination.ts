import type { TablePath } from '../sql/catalog';
import { BigQueryError } from '../sql/errors';
import { duckTable, printPath, quoteIdentifier } from '../sql/names';
import type { StoredTable } from '../storage/entries';
import type { Session, WriteSession } from '../storage/storage';
import { addColumns } from '../storage/table-changes';
import { countRows } from '../storage/table-size';
import type { ParsedSchema } from './table-schema';

interface Dispositions {
  readonly createDisposition?: 'CREATE_IF_NEEDED' | 'CREATE_NEVER' | null | undefined;
  readonly writeDisposition?: 'WRITE_EMPTY' | 'WRITE_APPEND' | 'WRITE_TRUNCATE' | null | undefined;
}

/**
 * The table that a job writes to, undefined where it is to be made. Throws 'notFound' or
 * 'duplicate' where the dispositions forbid it, 'invalid' for a view.
 */
export async function checkDestination(
  session: Session,
  path: TablePath,
  { createDisposition, writeDisposition }: Dispositions,
): Promise<StoredTable | undefined> {
  const existing = session.catalog.find(path);
  const name = `${path.project}:${path.dataset}.${path.table}`;
  if (!existing && createDisposition === 'CREATE_NEVER') {
    throw new BigQueryError('notFound', `Not found: Table ${name}`);
  }
  if (existing?.kind === 'VIEW') {
    throw new BigQueryError('invalid', `Cannot write to ${printPath(path)}: it is a view`);
  }
  if (existing && writeDisposition === 'WRITE_EMPTY') {
    if ((await countRows(session, existing)) > 0) {
      throw new BigQueryError('duplicate', `Already Exists: Table ${name}`);
    }
  }
  return existing;
}

/**
 * Adds the columns that a job brings and the table lacks, and makes REQUIRED columns NULLABLE
 * that the job says are, as far as schemaUpdateOptions allow. Answers the table as it is then.
 */
export async function updateSchema(
  session: WriteSession,
  entry: StoredTable,
  { columns, fieldDescriptions }: ParsedSchema,
  options: readonly string[],
): Promise<StoredTable> {
  const given = new Map(columns.map((column) => [column.name.toLowerCase(), column]));
  const known = new Set(entry.columns.map(({ name }) => name.toLowerCase()));
  const added = options.includes('ALLOW_FIELD_ADDITION')
    ? columns.filter(({ name }) => !known.has(name.toLowerCase()))
    : [];
  const relaxed = options.includes('ALLOW_FIELD_RELAXATION')
    ? entry.columns.filter(
        ({ name, required }) => required && given.get(name.toLowerCase())?.required !== true,
      )
    : [];
  if (added.length === 0 && relaxed.length === 0) return entry;
  await addColumns(session, entry.path, added);
  for (const { name } of relaxed) {
    await session.connection.run(
      `ALTER TABLE ${duckTable(entry.path)} ALTER COLUMN ${quoteIdentifier(name)} DROP NOT NULL`,
    );
  }
  const kept = entry.columns.map((column) => {
    const { required: _, ...rest } = column;
    return relaxed.includes(column) ? rest : column;
  });
  const changed = {
    ...entry,
    columns: [...kept, ...added],
    fieldDescriptions: { ...fieldDescriptions, ...entry.fieldDescriptions },
  };
  session.catalog.putTable(changed);
  return changed;
}
