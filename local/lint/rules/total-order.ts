import type { AnalyticScan, Scan } from '../../bigquery/sql/resolved-ast/scans';
import { closure, isTotal, type Relation } from '../analysis/dependencies';
import { findOrderings, type Ordering } from '../analysis/orderings';
import type { Relations } from '../analysis/relations';
import { findRowOrders, type RowOrder } from '../analysis/row-orders';
import { mentionedColumns, nearestPlace, walk } from '../analysis/walk';
import { windowPlace } from '../analysis/window-places';
import type { AnalyzedStatement, Rule } from '../rule';

/**
 * Rows that tie in the order of a window, an array or a LIMIT come in any order, another one in
 * each run. Total is an order that, with PARTITION BY or GROUP BY, holds a unique key, or all
 * columns of the rows.
 */
export const totalOrder: Rule = {
  name: 'total-order',
  about:
    'A window, ordered aggregate, ARRAY(SELECT ...) or LIMIT has a total order: its columns and those it is partitioned by hold a unique key.',
  bad: 'ROW_NUMBER() OVER (PARTITION BY user_id ORDER BY day)',
  good: 'ROW_NUMBER() OVER (PARTITION BY user_id ORDER BY day, order_id)',
  statement(statement, report, facts) {
    const relations = facts.relations(statement);
    for (const ordering of findOrderings(statement.resolved)) {
      if (!isOrdered(ordering, relations)) {
        const relation = relations.of(ordering.input);
        report(place(statement, ordering), message(statement, ordering, relation));
      }
    }
    for (const rows of findRowOrders(statement.resolved)) {
      const relation = relations.of(rows.input);
      if (isFixed(rows, relation)) continue;
      const at = rows.place ? statement.offsetOf(rows.place) : statement.start;
      report(at, rowsMessage(statement, rows, relation));
    }
  },
};

function isOrdered(ordering: Ordering, relations: Relations): boolean {
  if (!ordering.hasOrder) return false;
  const relation = relations.of(ordering.input);
  const columns = [...ordering.group, ...ordering.order];
  const known = closure(relation, columns);
  const isFixed = ordering.values?.every((id) => known.has(id)) ?? false;
  return isFixed || isTotal(relation, columns) || isHarmless(ordering, columns, relations);
}

/** The order tells all rows apart, or there is but one, or those that tie are the same. */
function isFixed({ order, values }: RowOrder, relation: Relation): boolean {
  const known = closure(relation, order);
  return isTotal(relation, order) || (order.length > 0 && values.every((id) => known.has(id)));
}

/** Rows that tie are the same in what the call reads and the SELECT gives, but for its windows. */
function isHarmless(
  { around, results, call }: Ordering,
  columns: readonly string[],
  relations: Relations,
): boolean {
  const select = around.findLast(({ node }) => node === 'ProjectScan') as Scan | undefined;
  if (!select || results.length === 0) return false;
  const known = closure(relations.of(select), [...columns, ...results]);
  const needed = [
    ...select.columnList.map(({ columnId }) => columnId),
    ...mentionedColumns(call.argumentList),
  ];
  return needed.every((id) => known.has(id));
}

function place(statement: AnalyzedStatement, ordering: Ordering): number {
  const { call, around } = ordering;
  if (call.node !== 'AnalyticFunctionCall') {
    const at = nearestPlace(call as never, around);
    return at ? statement.offsetOf(at) : statement.start;
  }
  let scan: AnalyticScan | undefined;
  walk(statement.resolved, (node) => {
    if (node.node === 'AnalyticScan' && node.inputScan === ordering.input) {
      scan = node as unknown as AnalyticScan;
    }
  });
  return scan ? windowPlace(statement, call, around, scan) : statement.start;
}

function message(
  statement: AnalyzedStatement,
  { name, hasOrder, isWindow, group, order }: Ordering,
  relation: Relation,
): string {
  const call = name.toUpperCase();
  if (!hasOrder) {
    return `${call} has no order, so its rows come in any; write ORDER BY with a unique key in ${isWindow ? 'OVER (...)' : 'its brackets'}`;
  }
  return ties(call, statement, relation, [...group, ...order]);
}

function rowsMessage(
  statement: AnalyzedStatement,
  { what, hasOrder, order }: RowOrder,
  relation: Relation,
): string {
  if (hasOrder) return ties(what, statement, relation, order);
  return `${what} has no order, so its rows come in any; write ORDER BY with a unique key in the same SELECT`;
}

/** Says that rows may tie, with the columns of the shortest key that the order lacks. */
function ties(
  call: string,
  statement: AnalyzedStatement,
  relation: Relation,
  columns: readonly string[],
): string {
  const known = closure(relation, columns);
  const names = columnNames(statement);
  const missing = relation.keys
    .map((key) => [...new Set(key.filter((id) => !known.has(id)).map((id) => names.get(id) ?? ''))])
    .find((key) => key.every((column) => /^[A-Za-z_]\w*$/.test(column)));
  const add = missing
    ? `add ${missing.join(', ')} to its ORDER BY`
    : 'add a unique key to its ORDER BY';
  return `rows may tie in the order of ${call}, and then come in any; ${add}, or write -- order is total: and why`;
}

function columnNames(statement: AnalyzedStatement): Map<string, string> {
  const names = new Map<string, string>();
  walk(statement.resolved, (node) => {
    if (typeof node.columnId === 'string') names.set(node.columnId, String(node.name));
  });
  return names;
}
