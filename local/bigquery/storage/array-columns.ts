import type { DuckDBConnection } from '@duckdb/node-api';
import type { Column } from '../sql/catalog';
import { quoteIdentifier } from '../sql/names';
import type { GoogleSqlType } from '../sql/types';

/** A text, because DuckDB takes only constants where it adds a column to rows. */
const EMPTY = "'[]'";

/**
 * What follows the type of a column where a table is made: BigQuery has no NULL array in a table,
 * so a row that leaves out an ARRAY column has the empty array there.
 */
export function defaultOf(type: GoogleSqlType): string {
  return type.kind === 'ARRAY' ? ` DEFAULT ${EMPTY}` : '';
}

/** The same as changes of a column that is there: one, or none where it needs nothing. */
export function setDefault({ name, type }: Column): string[] {
  return type.kind === 'ARRAY'
    ? [`ALTER COLUMN ${quoteIdentifier(name)} SET DEFAULT ${EMPTY}`]
    : [];
}

/**
 * Older warehouses have ARRAY columns without a default, with NULL where a row left them out. Each
 * is mended once: it is known by its missing default.
 */
export async function mendArrayColumns(connection: DuckDBConnection): Promise<void> {
  const found = await connection.runAndReadAll(
    `SELECT schema_name, table_name, column_name FROM duckdb_columns()
     WHERE database_name = current_database() AND schema_name <> '_catalog' AND NOT internal
       AND data_type LIKE '%[]' AND column_default IS NULL`,
  );
  const mends = found.getRows().map((names) => {
    const [schema, table, column] = names.map((name) => quoteIdentifier(String(name)));
    return `UPDATE ${schema}.${table} SET ${column} = ${EMPTY} WHERE ${column} IS NULL;
      ALTER TABLE ${schema}.${table} ALTER COLUMN ${column} SET DEFAULT ${EMPTY};`;
  });
  if (mends.length > 0) await connection.run(`BEGIN; ${mends.join('\n')} COMMIT`);
}
