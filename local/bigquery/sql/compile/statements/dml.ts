import { UnsupportedError } from '../../errors';
import { duckTable } from '../../names';
import type { PreparedDml } from '../../prepared';
import type { ResolvedColumn } from '../../resolved-ast/expressions';
import type {
  DeleteStatement,
  InsertStatement,
  TruncateStatement,
  UpdateStatement,
} from '../../resolved-ast/statements';
import type { Compiler } from '../compiler';
import { storedValue } from '../stored-value';
import { knownType } from '../types';
import { assignments, bindTarget, columnList, rowValues, TARGET } from './dml-value';
import { compileMerge } from './merge';

export type CompiledDml = Pick<PreparedDml, 'sql' | 'actions' | 'deletedSql'>;

/** INSERT INTO t (columns) VALUES ... or SELECT ... */
export function compileInsert(node: InsertStatement, compiler: Compiler): CompiledDml {
  refuseExtras(node);
  if (node.insertMode !== undefined && node.insertMode !== 'OR_ERROR') {
    throw new UnsupportedError('INSERT OR ...', node.location);
  }
  const columns = node.insertColumnList;
  const into = `INSERT INTO ${duckTable(node.tableScan.table.entry.path)} ${columnList(columns)}`;
  if (!node.query) {
    const rows = node.rowList.map((row) => rowValues(row, columns, compiler));
    return { sql: `${into} VALUES ${rows.join(', ')}` };
  }
  const query = compiler.scan(node.query);
  const values = node.queryOutputColumnList.map((column, i) => {
    const type = knownType((columns[i] as ResolvedColumn).type, node.location);
    return storedValue(compiler.column(column), type);
  });
  return { sql: `${into} SELECT ${values.join(', ')} FROM (${query})` };
}

/** DELETE FROM t WHERE ... */
export function compileDelete(node: DeleteStatement, compiler: Compiler): CompiledDml {
  refuseExtras(node);
  bindTarget(node.tableScan, compiler);
  const table = `${duckTable(node.tableScan.table.entry.path)} AS ${TARGET}`;
  return { sql: `DELETE FROM ${table} WHERE ${compiler.expression(node.whereExpr)}` };
}

/** UPDATE t SET ... WHERE ...; with FROM it is a MERGE with one clause. */
export function compileUpdate(node: UpdateStatement, compiler: Compiler): CompiledDml {
  refuseExtras(node);
  const { tableScan, updateItemList, fromScan } = node;
  if (fromScan) {
    const clause = { matchType: 'MATCHED', actionType: 'UPDATE', insertColumnList: [] } as const;
    const clauses = [{ ...clause, updateItemList }];
    return compileMerge({ tableScan, fromScan, condition: node.whereExpr, clauses }, compiler);
  }
  bindTarget(tableScan, compiler);
  const table = `${duckTable(tableScan.table.entry.path)} AS ${TARGET}`;
  const set = assignments(updateItemList, compiler);
  return { sql: `UPDATE ${table} SET ${set} WHERE ${compiler.expression(node.whereExpr)}` };
}

/** TRUNCATE TABLE; a DELETE keeps it inside the transaction. */
export function truncatedTable(node: TruncateStatement) {
  if (node.whereExpr) throw new UnsupportedError('TRUNCATE with WHERE', node.location);
  return node.tableScan.table.entry.path;
}

function refuseExtras(node: InsertStatement | DeleteStatement | UpdateStatement): void {
  if (node.returning) throw new UnsupportedError('THEN RETURN', node.location);
  if (node.assertRowsModified) throw new UnsupportedError('ASSERT_ROWS_MODIFIED', node.location);
}
