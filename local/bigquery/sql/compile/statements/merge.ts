import { UnsupportedError } from '../../errors';
import { duckTable } from '../../names';
import type { MergeStatement, MergeWhen } from '../../resolved-ast/statements';
import type { Compiler } from '../compiler';
import { type CompiledDml, guard } from './dml';
import { assignments, bindTarget, columnList, rowValues, TARGET } from './dml-value';

const MATCHES = {
  MATCHED: 'WHEN MATCHED',
  NOT_MATCHED_BY_SOURCE: 'WHEN NOT MATCHED BY SOURCE',
  NOT_MATCHED_BY_TARGET: 'WHEN NOT MATCHED BY TARGET',
} as const;

/** MERGE: both engines take the first clause whose condition holds. */
export function compileMerge(node: MergeStatement, compiler: Compiler): CompiledDml {
  bindTarget(node.tableScan, compiler);
  const table = `${duckTable(node.tableScan.table.entry.path)} AS ${TARGET}`;
  const from = `(${compiler.scan(node.fromScan)})`;
  const condition = compiler.expression(node.mergeExpr);
  const clauses = node.whenClauseList.map((clause) => compileWhen(clause, compiler));
  const sql = `MERGE INTO ${table} USING ${from} AS source ON ${condition} ${clauses.join(' ')}`;
  const changes = node.whenClauseList.some(
    (clause) => (clause.matchType ?? 'MATCHED') === 'MATCHED',
  );
  return changes ? { sql, guardSql: guard('UPDATE/MERGE', table, from, condition) } : { sql };
}

function compileWhen(clause: MergeWhen, compiler: Compiler): string {
  const match = MATCHES[clause.matchType ?? 'MATCHED'];
  const extra = clause.matchExpr ? ` AND ${compiler.expression(clause.matchExpr)}` : '';
  return `${match}${extra} THEN ${compileAction(clause, compiler)}`;
}

function compileAction(clause: MergeWhen, compiler: Compiler): string {
  switch (clause.actionType ?? 'INSERT') {
    case 'DELETE':
      return 'DELETE';
    case 'UPDATE':
      return `UPDATE SET ${assignments(clause.updateItemList, compiler)}`;
    case 'INSERT': {
      const columns = clause.insertColumnList;
      if (!clause.insertRow) throw new UnsupportedError('this INSERT in MERGE');
      return `INSERT ${columnList(columns)} VALUES ${rowValues(clause.insertRow, columns, compiler)}`;
    }
  }
}
