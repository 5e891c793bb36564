import type { Compiler } from '../compile/compiler';
import { resolvedName } from '../compile/function-name';
import type { ColumnRef, Expression, FunctionCallExpression } from '../resolved-ast/expressions';
import { ANYTHING, both, type ColumnTest, type Condition, either } from './condition';
import { columnsOf, isConstant, isKnown } from './constants';
import { monotoneColumn } from './monotone';

type Comparison = 'equal' | 'less' | 'less_or_equal' | 'greater' | 'greater_or_equal';

const FLIPPED: Readonly<Record<Comparison, Comparison>> = {
  equal: 'equal',
  less: 'greater',
  less_or_equal: 'greater_or_equal',
  greater: 'less',
  greater_or_equal: 'less_or_equal',
};

/** What a filter says about columns that stand alone against constants. */
export function readCondition(filter: Expression, compiler: Compiler): Condition {
  if (filter.node !== 'FunctionCall') return aboutOneColumn(filter, compiler);
  const parts = filter.argumentList;
  switch (resolvedName(filter)) {
    case '$and':
      return parts.map((part) => readCondition(part, compiler)).reduce(both, ANYTHING);
    case '$or':
      return either(parts.map((part) => readCondition(part, compiler)));
    default:
      return readTest(filter, compiler) ?? aboutOneColumn(filter, compiler);
  }
}

/**
 * The filter as a condition that says all of it; undefined where a part of it would be left out.
 */
export function readWhole(filter: Expression, compiler: Compiler): Condition | undefined {
  if (filter.node !== 'FunctionCall') return undefined;
  const name = resolvedName(filter);
  if (name !== '$and' && name !== '$or') return readTest(filter, compiler);
  const parts: Condition[] = [];
  for (const argument of filter.argumentList) {
    const part = readWhole(argument, compiler);
    if (!part) return undefined;
    parts.push(part);
  }
  return { kind: name === '$and' ? 'and' : 'or', parts };
}

function readTest(call: FunctionCallExpression, compiler: Compiler): ColumnTest | undefined {
  const name = resolvedName(call).slice(1);
  const [first, ...rest] = call.argumentList;
  if (!first) return undefined;
  if (name === 'not') return notNull(first, compiler);
  if (name === 'is_null') {
    return testOf(first, compiler, false, (low) => `${low} IS NULL`);
  }
  const constants = rest.every((value) => isConstant(value, compiler));
  const [second] = rest;
  if (name in FLIPPED && second) {
    const comparison = name as Comparison;
    if (constants) return compare(first, comparison, second, compiler);
    return isConstant(first, compiler)
      ? compare(second, FLIPPED[comparison], first, compiler)
      : undefined;
  }
  if (!constants) return undefined;
  const values = (): string[] => rest.map((value) => compiler.expression(value));
  switch (name) {
    case 'between':
      return testOf(first, compiler, true, (low, high) => {
        const [from, to] = values();
        return `(${high} >= ${from} AND ${low} <= ${to})`;
      });
    case 'in':
      return testOf(first, compiler, true, (low, high) => {
        return `(${values()
          .map((value) => within(value, low, high))
          .join(' OR ')})`;
      });
    case 'in_array':
      return testOf(first, compiler, true, (low, high) => {
        const [list] = values();
        return `(len(list_filter(${list}, lambda one: ${within('one', low, high)})) > 0)`;
      });
    default:
      return undefined;
  }
}

function notNull(inner: Expression, compiler: Compiler): ColumnTest | undefined {
  if (inner.node !== 'FunctionCall' || resolvedName(inner) !== '$is_null') return undefined;
  const [value] = inner.argumentList;
  return value && testOf(value, compiler, true, (low) => `${low} IS NOT NULL`);
}

function compare(
  column: Expression,
  comparison: Comparison,
  constant: Expression,
  compiler: Compiler,
): ColumnTest | undefined {
  return testOf(column, compiler, true, (low, high) => {
    const value = compiler.expression(constant);
    switch (comparison) {
      case 'equal':
        return within(value, low, high);
      case 'less':
        return `(${low} < ${value})`;
      case 'less_or_equal':
        return `(${low} <= ${value})`;
      case 'greater':
        return `(${high} > ${value})`;
      case 'greater_or_equal':
        return `(${high} >= ${value})`;
    }
  });
}

function within(value: string, low: string, high: string): string {
  return `(${low} <= ${value} AND ${high} >= ${value})`;
}

/** A test of a column, or of a function of it that keeps the order; undefined for all else. */
function testOf(
  value: Expression,
  compiler: Compiler,
  rejectsNull: boolean,
  possible: ColumnTest['possible'],
): ColumnTest | undefined {
  const inner = monotoneColumn(value, compiler);
  if (!inner) return undefined;
  const { columnId, apply } = inner;
  return {
    kind: 'test',
    columnId,
    rejectsNull,
    possible: (low, high) => possible(apply(low), apply(high)),
  };
}

/**
 * Any other test of one column alone: it counts as a filter over it, but prunes no partition. The
 * tables of a wildcard it prunes, since each has one suffix.
 */
function aboutOneColumn(filter: Expression, compiler: Compiler): Condition {
  const columns = columnsOf(filter);
  if (columns?.length !== 1) return ANYTHING;
  const { column } = columns[0] as ColumnRef;
  return {
    kind: 'test',
    columnId: column.columnId,
    rejectsNull: false,
    possible: () => 'TRUE',
    holds: (value) => {
      if (!isKnown(filter, compiler)) return 'TRUE';
      compiler.bindColumn(column, value);
      // Where it fails for a suffix, the statement will say so when it runs.
      return `coalesce(TRY(${compiler.expression(filter)}), TRUE)`;
    },
  };
}
