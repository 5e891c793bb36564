import { UnsupportedError } from '../sql/errors';
import type { AggregateCall, AggregateMapping } from './mapping';
import { bindOnce, raise } from './sql-text';

type Compile = (call: AggregateCall) => string;

interface AggregateParts {
  readonly function: string;
  readonly args: readonly string[];
  /** Rows to keep; '' for all. */
  readonly filter?: string;
}

/** One DuckDB aggregate with the call's DISTINCT, ORDER BY and OVER. */
export function aggregateSql(call: AggregateCall, parts: AggregateParts): string {
  const distinct = call.distinct ? 'DISTINCT ' : '';
  const order = call.orderBy === '' ? '' : ` ORDER BY ${call.orderBy}`;
  const filter = parts.filter ? ` FILTER (WHERE ${parts.filter})` : '';
  return `${parts.function}(${distinct}${parts.args.join(', ')}${order})${filter}${overSql(call)}`;
}

/** ' OVER (...)' of an analytic call, else ''. */
export function overSql(call: AggregateCall): string {
  return call.over === undefined ? '' : ` OVER (${call.over})`;
}

/** Refuses the modifiers an aggregate has no proven translation for. */
export function refuseModifiers(
  call: AggregateCall,
  name: string,
  allowed: readonly ('orderBy' | 'limit' | 'having' | 'nulls' | 'distinct')[] = ['distinct'],
): void {
  const refuse = (what: string): never => {
    throw new UnsupportedError(`${what} in ${name}`);
  };
  if (call.orderBy !== '' && !allowed.includes('orderBy')) refuse('ORDER BY');
  if (call.limit !== undefined && !allowed.includes('limit')) refuse('LIMIT');
  if (call.having !== undefined && !allowed.includes('having')) refuse('HAVING');
  if (call.nulls === 'IGNORE' && !allowed.includes('nulls')) refuse('IGNORE NULLS');
  if (call.distinct && !allowed.includes('distinct')) refuse('DISTINCT');
}

/** One entry of the aggregates' list. */
export function aggregate(
  name: string,
  signature: string,
  compile: Compile,
  cases: readonly string[],
): AggregateMapping {
  return { name, signature, compile, cases };
}

/** An aggregate that DuckDB has under another name, over the same arguments. */
export function renamed(name: string, duckName: string): Compile {
  return (call) => {
    refuseModifiers(call, name.toUpperCase());
    return aggregateSql(call, { function: duckName, args: call.args });
  };
}

/**
 * Cases of an aggregate over the elements of `array` as column x: plain, over no rows, grouped,
 * and as a window.
 */
export function aggregateCases(expression: string, array: string): readonly string[] {
  const rows = `FROM UNNEST(${array}) AS x WITH OFFSET AS i`;
  return [
    `(SELECT ${expression} ${rows})`,
    `(SELECT ${expression} ${rows} WHERE FALSE)`,
    `ARRAY(SELECT AS STRUCT MOD(i, 2) AS g, ${expression} AS v ${rows} GROUP BY g ORDER BY g)`,
  ];
}

/** Cases of an aggregate as a window: whole partition, running, and a sliding frame. */
export function windowCases(expression: string, array: string): readonly string[] {
  const rows = `FROM UNNEST(${array}) AS x WITH OFFSET AS i`;
  const over = [
    'PARTITION BY MOD(i, 2)',
    'ORDER BY i',
    'ORDER BY i ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING',
  ];
  return over.map(
    (window) => `ARRAY(SELECT AS STRUCT i, ${expression} OVER (${window}) AS v ${rows} ORDER BY i)`,
  );
}

/** list_sum or list_avg of FLOAT64s, which fails where finite elements give infinity. */
export function finiteOfList(name: 'list_sum' | 'list_avg', list: string): string {
  return bindOnce([list], (items) => {
    const infinite = `len(list_filter(${items}, lambda v: NOT isfinite(v))) > 0`;
    return `CASE WHEN isinf(${name}(${items})) AND NOT ${infinite} THEN ${raise('FLOAT64 overflow', { kind: 'FLOAT64' })} ELSE ${name}(${items}) END`;
  });
}
