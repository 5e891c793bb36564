import type { Column } from '../sql/catalog';
import { BigQueryError } from '../sql/errors';
import type {
  ObjectOptions,
  PreparedAddColumns,
  PreparedCreateTable,
  PreparedCreateView,
} from '../sql/prepared';
import type { StoredTable } from '../storage/entries';

/** The catalog's entry for what a CREATE statement makes. `now` in milliseconds since 1970. */
export function tableEntry(
  statement: PreparedCreateTable | PreparedCreateView,
  now: number,
): StoredTable {
  const { path, columns, options } = statement;
  const shared = { path, columns, ...metadata(options), createdAt: now, modifiedAt: now };
  if (statement.kind === 'createView') {
    return { ...shared, kind: 'VIEW', viewSql: statement.viewSql };
  }
  const { partitioning, clustering } = statement;
  return {
    ...shared,
    kind: 'TABLE',
    ...(partitioning && { partitioning }),
    ...partitionExpiration(options),
    ...(clustering && { clustering }),
  };
}

/** The columns that ADD COLUMN adds to a table. Throws where one is there, but for IF NOT EXISTS. */
export function newColumns(
  entry: StoredTable,
  columns: PreparedAddColumns['columns'],
): readonly Column[] {
  const known = new Set(entry.columns.map(({ name }) => name.toLowerCase()));
  return columns.flatMap(({ ifNotExists, ...column }) => {
    if (!known.has(column.name.toLowerCase())) return [column];
    if (ifNotExists) return [];
    throw new BigQueryError('invalidQuery', `Column already exists: ${column.name}`);
  });
}

/** What OPTIONS says that the REST API shows too. */
export function metadata({ description, labels, friendlyName }: ObjectOptions): {
  description?: string;
  labels?: Readonly<Record<string, string>>;
  friendlyName?: string;
} {
  return {
    ...(description !== undefined && { description }),
    ...(labels && { labels }),
    ...(friendlyName !== undefined && { friendlyName }),
  };
}

/** partition_expiration_days in milliseconds. Kept and shown: nothing expires here. */
function partitionExpiration({ all }: ObjectOptions): { partitionExpirationMs?: number } {
  const days = Number(all.partition_expiration_days ?? 0);
  return days > 0 ? { partitionExpirationMs: days * 24 * 60 * 60 * 1000 } : {};
}
