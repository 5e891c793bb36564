import { raiseText } from '../functions/sql-text';
import type { Catalog, Column, TableEntry, TablePath } from './catalog';
import { BigQueryError, UnsupportedError } from './errors';
import { duckTable, printPath, quoteIdentifier, quoteString } from './names';
import { reshape } from './reshape';
import { type GoogleSqlType, printType } from './types';

/** The pseudo column of a wildcard table: what its '*' stands for in a row's table. */
export const TABLE_SUFFIX = '_TABLE_SUFFIX';

/** One table that a wildcard matches. */
export interface WildcardPart {
  readonly entry: TableEntry;
  /** What the '*' stands for in its name. */
  readonly suffix: string;
}

/**
 * `dataset.prefix*` as one table. BigQuery's rules: its columns are those of the newest table that
 * matches, older tables give NULL for columns that they lack, and views are never matched.
 */
export function wildcardTable(path: TablePath, catalog: Catalog): TableEntry {
  const prefix = path.table.slice(0, -1);
  const printed = `${path.project}:${path.dataset}.${path.table}`;
  if (!catalog.listTables) throw new UnsupportedError(`wildcard tables (${path.table})`);
  const matches = catalog.listTables(path).filter((entry) => entry.path.table.startsWith(prefix));
  const view = matches.find((entry) => entry.kind === 'VIEW');
  if (view) {
    const sentence = `Views cannot be queried through prefix. First view ${printPath(view.path)}.`;
    throw new BigQueryError('invalidQuery', sentence);
  }
  const newest = matches.reduce<TableEntry | undefined>(
    (best, entry) => (best && (best.createdAt ?? 0) > (entry.createdAt ?? 0) ? best : entry),
    undefined,
  );
  if (!newest) throw new BigQueryError('invalidQuery', `${printed} does not match any table.`);
  return {
    path,
    kind: 'TABLE',
    columns: [...newest.columns, { name: TABLE_SUFFIX, type: { kind: 'STRING' } }],
    wildcard: matches.map((entry) => ({ entry, suffix: entry.path.table.slice(prefix.length) })),
  };
}

/** DuckDB SQL that reads all tables of a wildcard, the suffix beside the columns. */
export function wildcardSource(entry: TableEntry, parts: readonly WildcardPart[]): string {
  const columns = entry.columns.filter(({ name }) => name !== TABLE_SUFFIX);
  const selects = parts.map((part) => {
    const list = columns.map((column) => partColumn(column, part.entry));
    const suffix = `${quoteString(part.suffix)} AS ${quoteIdentifier(TABLE_SUFFIX)}`;
    // First, because where nothing is read (COUNT(*)) DuckDB keeps the first column.
    return `SELECT ${[suffix, ...list].join(', ')} FROM ${duckTable(part.entry.path)}`;
  });
  return `(${selects.join(' UNION ALL ')})`;
}

function partColumn(column: Column, part: TableEntry): string {
  const own = part.columns.find(({ name }) => name.toLowerCase() === column.name.toLowerCase());
  // Fails where it is read: a table may differ in columns that the statement does not need.
  const refuse = (from: GoogleSqlType, to: GoogleSqlType): string => {
    const sentence =
      `Cannot read field '${column.name}' of type ${printType(from)} as ${printType(to)} ` +
      `in table ${printPath(part.path)}; a wildcard takes its types from the newest table`;
    // With a value of the row in it: what is constant DuckDB computes before anything is read.
    const nothing = `left(CAST(${quoteIdentifier(own?.name ?? '')} AS VARCHAR), 0)`;
    return raiseText(`concat(${quoteString(sentence)}, ${nothing})`, to);
  };
  const value = own && { sql: quoteIdentifier(own.name), type: own.type };
  return `${reshape(value, column.type, refuse)} AS ${quoteIdentifier(column.name)}`;
}
