import { raise } from '../../../functions/sql-text';
import { UnsupportedError } from '../../errors';
import type { CommonTable } from '../../prepared';
import type { ResolvedColumn } from '../../resolved-ast/expressions';
import type {
  RecursiveRefScan,
  RecursiveScan,
  WithEntry,
  WithRefScan,
  WithScan,
} from '../../resolved-ast/scans';
import type { Compiler, WithQuery } from '../compiler';
import { NO_COLUMN } from '../select';
import { isPlainRead } from './plain-read';
import { renamedItem } from './set-operation';

/** WITH a AS (...), b AS (...) query. */
export function compileWithScan(node: WithScan, compiler: Compiler): string {
  const clause = withClause(withEntries(node, compiler), node.recursive ?? false);
  return `${clause}${compiler.scan(node.query)}`;
}

/** 'WITH [RECURSIVE] a AS (...), b AS (...) ', or '' without entries. */
export function withClause(entries: readonly CommonTable[], recursive = false): string {
  if (entries.length === 0) return '';
  const list = entries.map(({ name, sql, isPlain }) => {
    return `${name} AS ${isPlain ? 'NOT MATERIALIZED ' : ''}(${sql})`;
  });
  return `WITH ${recursive ? 'RECURSIVE ' : ''}${list.join(', ')} `;
}

/** The queries of a WITH, each of which can be mentioned from then on. */
export function withEntries(node: WithScan, compiler: Compiler): CommonTable[] {
  return node.withEntryList.map((entry) => compileEntry(entry, compiler));
}

function compileEntry(entry: WithEntry, compiler: Compiler): CommonTable {
  const { withSubquery, withQueryName } = entry;
  if (withSubquery.node === 'RecursiveScan') {
    const query = compiler.defineWithQuery(withQueryName, withSubquery.columnList, false);
    const sql = recursiveBody(withSubquery, query, compiler);
    return { name: query.sqlName, sql, isPlain: false };
  }
  // The body is compiled first: a name is not visible inside its own definition.
  const sql = compiler.scan(withSubquery);
  const isPlain = isPlainRead(withSubquery, compiler);
  const query = compiler.defineWithQuery(withQueryName, withSubquery.columnList, isPlain);
  return { name: query.sqlName, sql, isPlain };
}

/** BigQuery ends a query whose recursion goes on after so many rounds. */
const MOST_ROUNDS = 500;
const TOO_MANY_ROUNDS = `A recursive CTE has reached the maximum number of iterations: ${MOST_ROUNDS}`;

function recursiveBody(node: RecursiveScan, query: WithQuery, compiler: Compiler): string {
  compiler.recursions.push(query);
  const base = renamedItem(node.nonRecursiveTerm, query.columns, compiler);
  const step = renamedItem(node.recursiveTerm, query.columns, compiler);
  compiler.recursions.pop();
  // Rows that are told apart by their round would never be the same: there it is not counted.
  if (node.opType === 'UNION_DISTINCT') return `${base} UNION ${step}`;
  const round = compiler.freshName('round');
  const rows = compiler.freshName('rows');
  const before = compiler.freshName('before');
  // Checked for each new row: the round that finds nothing more does not count.
  const next = `CASE WHEN ${before}.n < ${MOST_ROUNDS} THEN ${before}.n + 1 ELSE ${raise(TOO_MANY_ROUNDS, { kind: 'INT64' })} END`;
  return `SELECT ${rows}.*, 0::BIGINT AS ${round} FROM (${base}) AS ${rows} UNION ALL SELECT ${rows}.*, ${next} FROM (${step}) AS ${rows} CROSS JOIN (SELECT max(${round}) AS n FROM ${query.sqlName}) AS ${before}`;
}

/** Reads a WITH query under the column numbers of this mention. */
export function compileWithRef(node: WithRefScan, compiler: Compiler): string {
  return selectRenamed(compiler.withQuery(node.withQueryName), node.columnList, compiler);
}

export function compileRecursiveRef(node: RecursiveRefScan, compiler: Compiler): string {
  const query = compiler.recursions.at(-1);
  if (!query) throw new UnsupportedError('this recursive reference', node.location);
  return selectRenamed(query, node.columnList, compiler);
}

/** Columns correspond by position. */
function selectRenamed(
  query: WithQuery,
  columns: readonly ResolvedColumn[],
  compiler: Compiler,
): string {
  const list = columns.map((column, i) => {
    return `${compiler.column(query.columns[i] as ResolvedColumn)} AS ${compiler.column(column)}`;
  });
  return `SELECT ${list.join(', ') || NO_COLUMN} FROM ${query.sqlName}`;
}
