import { raise } from '../../../functions/sql-text';
import { UnsupportedError } from '../../errors';
import { duckTable, quoteIdentifier } from '../../names';
import type { DmlAction } from '../../prepared';
import type { Expression, ResolvedColumn } from '../../resolved-ast/expressions';
import type { Scan, TableScan } from '../../resolved-ast/scans';
import type { InsertRow, MergeWhen, UpdateItem } from '../../resolved-ast/statements';
import type { Compiler } from '../compiler';
import { columnNames } from '../select';
import { columnList, columnValue, TARGET, updatedColumn } from './dml-value';

/** MERGE, or an UPDATE ... FROM as the MERGE that it is. */
export interface Merge {
  readonly tableScan: TableScan;
  readonly fromScan: Scan;
  readonly condition: Expression;
  readonly clauses: readonly MergeWhen[];
}

interface CompiledMerge {
  readonly sql: string;
  readonly actions: readonly DmlAction[];
  readonly deletedSql?: string;
}

const CHANGED_TWICE = 'UPDATE/MERGE must match at most one source row for each target row';

/**
 * MERGE in DuckDB evaluates every clause for every row, lets several source rows change one
 * target row, and takes no subquery in its condition. So the join is ours: `changes` holds one row
 * for each change with the number of its clause and the new values, computed in that clause alone;
 * DuckDB's MERGE only carries them out, by row id.
 */
export function compileMerge(merge: Merge, compiler: Compiler): CompiledMerge {
  const actions = merge.clauses.map((clause, i) => compileClause(clause, i + 1, compiler));
  const changes = changesSql(merge, actions, compiler);
  const table = duckTable(merge.tableScan.table.entry.path);
  const kinds = merge.clauses.map(({ actionType = 'INSERT' }) => actionType);
  return {
    actions: [...new Set(kinds)],
    ...(new Set(kinds).size === 3 && { deletedSql: deletedSql(kinds, changes) }),
    sql:
      `MERGE INTO ${table} AS ${TARGET} USING (${changes}) AS changes ` +
      `ON ${TARGET}.rowid = changes.target_row ${actions.map(({ when }) => when).join(' ')}`,
  };
}

/** The rows that DELETE clauses will take. */
function deletedSql(kinds: readonly DmlAction[], changes: string): string {
  const clauses = kinds.flatMap((kind, i) => (kind === 'DELETE' ? [i + 1] : []));
  return `SELECT count(*) FROM (${changes}) WHERE clause IN (${clauses.join(', ')})`;
}

interface Action {
  /** When the clause applies, over the joined rows. */
  readonly condition: string;
  /** 'CASE WHEN clause = 1 THEN ... END AS v1_0', one for each new value. */
  readonly values: readonly string[];
  readonly when: string;
}

const MATCHES = {
  MATCHED: 'target_row IS NOT NULL AND is_source',
  NOT_MATCHED_BY_SOURCE: 'is_source IS NULL',
  NOT_MATCHED_BY_TARGET: 'target_row IS NULL',
} as const;

function compileClause(clause: MergeWhen, number: number, compiler: Compiler): Action {
  const match = MATCHES[clause.matchType ?? 'MATCHED'];
  const extra = clause.matchExpr ? ` AND ${compiler.expression(clause.matchExpr)}` : '';
  const values: string[] = [];
  const keep = (value: Expression, type: ResolvedColumn['type']): string => {
    const sql = columnValue(value, type, compiler);
    if (sql === 'DEFAULT') return sql;
    const name = `v${number}_${values.length}`;
    values.push(`CASE WHEN clause = ${number} THEN ${sql} END AS ${name}`);
    return `changes.${name}`;
  };
  const action = compileAction(clause, keep);
  const matched = clause.matchType === 'NOT_MATCHED_BY_TARGET' ? 'NOT MATCHED' : 'MATCHED';
  return {
    condition: `${match}${extra}`,
    values,
    when: `WHEN ${matched} AND changes.clause = ${number} THEN ${action}`,
  };
}

type Keep = (value: Expression, type: ResolvedColumn['type']) => string;

function compileAction(clause: MergeWhen, keep: Keep): string {
  switch (clause.actionType ?? 'INSERT') {
    case 'DELETE':
      return 'DELETE';
    case 'UPDATE':
      return `UPDATE SET ${clause.updateItemList.map((item) => assignment(item, keep)).join(', ')}`;
    case 'INSERT': {
      const columns = clause.insertColumnList;
      if (!clause.insertRow) throw new UnsupportedError('this INSERT in MERGE');
      return `INSERT ${columnList(columns)} VALUES (${inserted(clause.insertRow, columns, keep)})`;
    }
  }
}

function assignment(item: UpdateItem, keep: Keep): string {
  const { column, value } = updatedColumn(item);
  return `${quoteIdentifier(column.name)} = ${keep(value, column.type)}`;
}

function inserted(row: InsertRow, columns: readonly ResolvedColumn[], keep: Keep): string {
  const values = row.valueList.map(({ value }, i) => {
    return keep(value, (columns[i] as ResolvedColumn).type);
  });
  return values.join(', ');
}

function changesSql(merge: Merge, actions: readonly Action[], compiler: Compiler): string {
  const { tableScan, fromScan } = merge;
  const columns = columnNames([...tableScan.columnList, ...fromScan.columnList], compiler);
  const cases = actions.map(({ condition }, i) => `WHEN ${condition} THEN ${i + 1}`);
  const rows =
    `SELECT ${columns}, target_row, CASE ${cases.join(' ')} END AS clause ` +
    `FROM ${joinedRows(merge, compiler)}`;
  const values = actions.flatMap((action) => action.values);
  return `SELECT ${[targetRow(merge), 'clause', ...values].join(', ')} FROM (${rows}) WHERE clause IS NOT NULL`;
}

/** The row id of the target, or BigQuery's error where a second change would meet the row. */
function targetRow(merge: Merge): string {
  const changesMatches = merge.clauses.some(
    (clause) => (clause.matchType ?? 'MATCHED') === 'MATCHED',
  );
  if (!changesMatches) return 'target_row';
  const error = raise(CHANGED_TWICE, { kind: 'INT64' });
  const twice = 'target_row IS NOT NULL AND count(*) OVER (PARTITION BY target_row) > 1';
  return `CASE WHEN ${twice} THEN ${error} ELSE target_row END AS target_row`;
}

/** Only the rows that some clause can speak of: an outer join on the sides that may stay alone. */
function joinedRows(merge: Merge, compiler: Compiler): string {
  const { tableScan, fromScan, condition, clauses } = merge;
  const targets = tableScan.columnList.map((column) => {
    return `${quoteIdentifier(column.name)} AS ${compiler.column(column)}`;
  });
  const table = duckTable(tableScan.table.entry.path);
  const target = `(SELECT ${['rowid AS target_row', ...targets].join(', ')} FROM ${table})`;
  const names = columnNames(fromScan.columnList, compiler);
  const source = `(SELECT ${names}, TRUE AS is_source FROM (${compiler.scan(fromScan)}))`;
  const on = compiler.expression(condition);
  const join = joinType(clauses);
  if (join !== 'JOIN' && /\bSELECT\b/i.test(on)) {
    throw new UnsupportedError('a subquery in the condition of MERGE; read it into the source');
  }
  return `${target} ${join} ${source} ON ${on}`;
}

function joinType(clauses: readonly MergeWhen[]): string {
  const has = (type: string): boolean => clauses.some((clause) => clause.matchType === type);
  if (has('NOT_MATCHED_BY_SOURCE')) return has('NOT_MATCHED_BY_TARGET') ? 'FULL JOIN' : 'LEFT JOIN';
  return has('NOT_MATCHED_BY_TARGET') ? 'RIGHT JOIN' : 'JOIN';
}
