import type { ResolvedColumn } from '../resolved-ast/expressions';

/** A test of one column against constants, as it speaks about a whole partition. */
export interface ColumnTest {
  readonly kind: 'test';
  readonly columnId: string;
  /** DuckDB SQL: can it hold for a value between `low` and `high`? 'TRUE' where it prunes nothing. */
  readonly possible: (low: string, high: string) => string;
  /** DuckDB SQL: does it hold for this one value? Absent where `possible` tells. */
  readonly holds?: (value: string) => string;
  /** True where it never holds for NULL. */
  readonly rejectsNull: boolean;
}

/**
 * What a filter says, as far as it can prune partitions. `anything` stands for the rest: it may
 * hold in every partition.
 */
export type Condition =
  | ColumnTest
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Condition[] }
  | { readonly kind: 'anything' };

export const ANYTHING: Condition = { kind: 'anything' };

export function both(left: Condition, right: Condition): Condition {
  if (left.kind === 'anything') return right;
  if (right.kind === 'anything') return left;
  return { kind: 'and', parts: [left, right] };
}

export function either(parts: readonly Condition[]): Condition {
  if (parts.length === 0 || parts.some(({ kind }) => kind === 'anything')) return ANYTHING;
  return parts.length === 1 ? (parts[0] as Condition) : { kind: 'or', parts };
}

/** The condition with each test replaced; what becomes undefined may be anything. */
export function mapTests(
  condition: Condition,
  change: (test: ColumnTest) => ColumnTest | undefined,
): Condition {
  switch (condition.kind) {
    case 'anything':
      return condition;
    case 'test':
      return change(condition) ?? ANYTHING;
    default: {
      const parts = condition.parts.map((part) => mapTests(part, change));
      return condition.kind === 'or' ? either(parts) : parts.reduce(both, ANYTHING);
    }
  }
}

/** The condition over other columns: `from[i]` is a copy of `to[i]`. */
export function renameColumns(
  condition: Condition,
  from: readonly ResolvedColumn[],
  to: readonly ResolvedColumn[],
): Condition {
  const names = new Map(from.map(({ columnId }, i) => [columnId, to[i]?.columnId]));
  return mapTests(condition, (test) => {
    const columnId = names.get(test.columnId);
    return columnId === undefined ? undefined : { ...test, columnId };
  });
}

/** What remains where the columns may be NULL for want of a partner in an outer join. */
export function rejectingNull(condition: Condition): Condition {
  return mapTests(condition, (test) => (test.rejectsNull ? test : undefined));
}

/**
 * DuckDB SQL: does the condition hold for every value between `low` and `high`? It is made of
 * comparisons with constants, which hold in between where they hold at both ends. Undefined where
 * it speaks of another column too.
 */
export function wholeSql(
  condition: Condition,
  column: ResolvedColumn,
  low: string,
  high: string,
): string | undefined {
  if (condition.kind === 'anything') return undefined;
  if (condition.kind === 'test') {
    if (condition.columnId !== column.columnId) return undefined;
    return `(${condition.possible(low, low)} AND ${condition.possible(high, high)})`;
  }
  const parts = condition.parts.map((part) => wholeSql(part, column, low, high));
  if (parts.includes(undefined)) return undefined;
  return `(${parts.join(condition.kind === 'or' ? ' OR ' : ' AND ')})`;
}

/** DuckDB SQL of the condition over one column that has one value; undefined as in `conditionSql`. */
export function conditionOnValue(
  condition: Condition,
  column: ResolvedColumn,
  value: string,
): string | undefined {
  const exact = mapTests(condition, ({ holds, ...test }) =>
    holds ? { ...test, possible: holds } : test,
  );
  return conditionSql(exact, column, value, value);
}

/**
 * DuckDB SQL of the condition over one column, whose partition lies between `low` and `high`;
 * undefined where it says nothing of this column.
 */
export function conditionSql(
  condition: Condition,
  column: ResolvedColumn,
  low: string,
  high: string,
): string | undefined {
  switch (condition.kind) {
    case 'anything':
      return undefined;
    case 'test':
      return condition.columnId === column.columnId ? condition.possible(low, high) : undefined;
    default: {
      const parts = condition.parts.map((part) => conditionSql(part, column, low, high));
      const known = parts.filter((part) => part !== undefined);
      if (known.length === 0) return undefined;
      if (condition.kind === 'or' && known.length < parts.length) return undefined;
      return `(${known.join(condition.kind === 'or' ? ' OR ' : ' AND ')})`;
    }
  }
}
