import type { Column } from '../catalog';
import { quoteIdentifier } from '../names';
import type { CommonTable, QueryParts } from '../prepared';
import type { Scan } from '../resolved-ast/scans';
import type { OutputColumn } from '../resolved-ast/statements';
import type { Compiler } from './compiler';
import { compileOrder } from './order';
import { outputColumns } from './output-columns';
import { limitClause } from './scans/order-limit';
import { withClause, withEntries } from './scans/with';
import { sourceOf } from './source';
import { storedValue } from './stored-value';

interface CompiledQuery {
  readonly sql: string;
  readonly columns: readonly Column[];
  /** The SQL in parts, where its WITH is not recursive. */
  readonly parts?: QueryParts;
}

export interface QueryPart {
  readonly outputColumnList: readonly OutputColumn[];
  readonly query: Scan;
  readonly isValueTable?: boolean;
}

/**
 * A complete query with its result's names and types. WITH, ORDER BY and LIMIT of the outermost
 * query stay outermost: DuckDB promises the order of rows only there. `definitions` are CTEs to
 * put before the query's own: the views it reads.
 */
export function compileQuery(
  query: QueryPart,
  compiler: Compiler,
  definitions: () => readonly CommonTable[] = () => [],
): CompiledQuery {
  const { entries, recursive, scan } = takeWith(query.query, compiler);
  const columns = outputColumns(query, compiler);
  const { rows, tail } = takeOrder(scan, columns, compiler);
  const list = columns.map(({ sql, type, name }) => {
    return `${storedValue(sql, type)} AS ${quoteIdentifier(name)}`;
  });
  const source = sourceOf(rows, compiler);
  const from = source.from ?? '(SELECT 1)';
  const where = source.where.length === 0 ? '' : ` WHERE ${source.where.join(' AND ')}`;
  const body = `SELECT ${list.join(', ')} FROM ${from}${where}${tail}`;
  const commonTables = [...definitions(), ...entries];
  return {
    sql: `${withClause(commonTables, recursive)}${body}`,
    columns: columns.map(({ name, type }) => ({ name, type })),
    ...(!recursive && { parts: { commonTables, body } }),
  };
}

/** The outermost ORDER BY and LIMIT, apart from the rows that they order. */
function takeOrder(
  scan: Scan,
  columns: readonly Column[],
  compiler: Compiler,
): { readonly rows: Scan; readonly tail: string } {
  // DuckDB's ORDER BY takes an output name before a column: c5 must not be somebody's name.
  if (columns.some(({ name }) => /^c\d+$/i.test(name))) return { rows: scan, tail: '' };
  const limit = scan.node === 'LimitOffsetScan' ? limitClause(scan, compiler) : '';
  const rows = scan.node === 'LimitOffsetScan' ? scan.inputScan : scan;
  if (rows.node !== 'OrderByScan') return { rows, tail: limit };
  const order = ` ORDER BY ${compileOrder(rows.orderByItemList, compiler)}`;
  return { rows: rows.inputScan, tail: `${order}${limit}` };
}

function takeWith(
  scan: Scan,
  compiler: Compiler,
): { entries: readonly CommonTable[]; recursive: boolean; scan: Scan } {
  if (scan.node !== 'WithScan') return { entries: [], recursive: false, scan };
  const entries = withEntries(scan, compiler);
  return { entries, recursive: scan.recursive ?? false, scan: scan.query };
}
