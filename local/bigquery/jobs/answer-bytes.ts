import type { DuckDBConnection } from '@duckdb/node-api';
import type { Column } from '../sql/catalog';
import { duckFieldNames } from '../sql/duck-type';
import { BigQueryError } from '../sql/errors';
import { quoteString } from '../sql/names';
import type { GoogleSqlType } from '../sql/types';

/** The braces and quotes around a value in an answer, and about what a number takes. */
const VALUE_BYTES = 10;
const FIXED_BYTES = 16;
/** BigQuery's limit of a row. */
const MAX_ROW_BYTES = 100_000_000;
/** BigQuery's limit of a row in an answer. */
const MAX_ANSWERED_ROW_BYTES = 20_000_000;

/** How much the rows of a query would take in answers: all together, and the largest. */
interface AnswerSize {
  readonly total: number;
  readonly largest: number;
}

/**
 * Measures rows inside DuckDB, beside other work, before they come to the one thread that
 * answers all clients. `rows` is a FROM item whose columns are c0, c1... Throws
 * 'resourcesExceeded' where a row passes BigQuery's limit.
 */
export async function measureAnswer(
  connection: DuckDBConnection,
  rows: string,
  rowCount: number,
  columns: readonly Column[],
): Promise<AnswerSize> {
  if (rowCount === 0) return { total: 0, largest: 0 };
  if (columns.every(({ type }) => isFixed(type))) {
    const each = columns.length * (VALUE_BYTES + FIXED_BYTES);
    return { total: each * rowCount, largest: each };
  }
  const bytes = rowBytes(columns);
  const measured = await connection.runAndReadAll(
    `SELECT sum(${bytes}), max(${bytes}) FROM ${rows}`,
  );
  const [total, largest] = (measured.getRows()[0] ?? []).map(Number);
  if ((largest ?? 0) > MAX_ROW_BYTES) {
    throw new BigQueryError(
      'resourcesExceeded',
      'Cannot query rows larger than 100MB limit: a row of the result is larger; select fewer columns, or UNNEST its arrays',
    );
  }
  return { total: total ?? 0, largest: largest ?? 0 };
}

/**
 * How many of the first rows of a FROM item (columns c0, c1...) fit into an answer of `maxBytes`,
 * at least one where there is one. Throws 'responseTooLarge' where that one alone is too large.
 */
export async function countFittingRows(
  connection: DuckDBConnection,
  rows: string,
  columns: readonly Column[],
  maxBytes: number,
): Promise<number> {
  const measured = await connection.runAndReadAll(
    `SELECT count(*) FILTER (WHERE so_far <= ${maxBytes}), min(so_far), count(*) FROM (
       SELECT sum(${rowBytes(columns)}) OVER (ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS so_far
       FROM ${rows})`,
  );
  const [fitting = 0, first = 0, all = 0] = (measured.getRows()[0] ?? []).map(Number);
  if (first > MAX_ANSWERED_ROW_BYTES) {
    throw new BigQueryError(
      'responseTooLarge',
      'Response too large to return: a row takes more than 20 MB; select fewer columns, UNNEST its arrays, or write the rows to a table or to files (EXPORT DATA)',
    );
  }
  return Math.min(all, Math.max(1, fitting));
}

function rowBytes(columns: readonly Column[]): string {
  return columns.map(({ type }, index) => valueBytes(type, `c${index}`, 0)).join(' + ') || '0';
}

/** DuckDB SQL of about the bytes of a value in an answer; never NULL. */
function valueBytes(type: GoogleSqlType, value: string, depth: number): string {
  switch (type.kind) {
    case 'ARRAY': {
      if (isFixed(type.element)) {
        return `(${VALUE_BYTES} + coalesce(len(${value}), 0) * ${VALUE_BYTES + FIXED_BYTES})`;
      }
      const item = `item${depth}`;
      const inner = valueBytes(type.element, item, depth + 1);
      const items = `list_sum(list_transform(${value}, lambda ${item}: ${inner}))`;
      return `(${VALUE_BYTES} + coalesce(${items}, 0))`;
    }
    case 'STRUCT': {
      const fields = type.fields.map((field, index) => {
        const name = quoteString(duckFieldNames(type.fields)[index] ?? '');
        return valueBytes(field.type, `struct_extract(${value}, ${name})`, depth);
      });
      return `(${[VALUE_BYTES, ...fields].join(' + ')})`;
    }
    case 'STRING':
    case 'JSON':
      return `(${VALUE_BYTES} + coalesce(strlen(${value}::VARCHAR), 0))`;
    case 'BYTES':
      return `(${VALUE_BYTES} + coalesce(octet_length(${value}) * 4 // 3, 0))`;
    default:
      return String(VALUE_BYTES + FIXED_BYTES);
  }
}

function isFixed({ kind }: GoogleSqlType): boolean {
  return !['ARRAY', 'STRUCT', 'STRING', 'JSON', 'BYTES'].includes(kind);
}
