import { parsePath } from '../../../functions/json-path';
import { keysReadTogether, readKeys, valueRead } from '../../../functions/json-shared';
import type { ColumnRef, Expression, ResolvedColumn } from '../../resolved-ast/expressions';
import type { ProjectScan, Scan } from '../../resolved-ast/scans';
import { columnIds } from '../../resolved-ast/walk';
import type { Compiler } from '../compiler';
import { resolvedName } from '../function-name';
import { literalConstant } from '../literal';
import { columnNames } from '../select';
import { type Source, selectFrom } from '../source';

/** A projection, and the rows it is made from. */
interface Projection {
  readonly node: ProjectScan;
  readonly source: Source;
}

/** JSON_VALUE(column, '$.key') of a JSON column of the input. */
interface KeyCall {
  readonly call: Expression;
  readonly json: ResolvedColumn;
  readonly key: string;
}

/** Values of one JSON column by key, each a column of the new source. */
interface SharedValues {
  readonly struct: string;
  readonly json: ResolvedColumn;
  readonly values: ReadonlyMap<string, ResolvedColumn>;
}

/**
 * Where a projection asks a JSON column for several keys by JSON_VALUE, the column is parsed once:
 * the source gets a column for each value, and the projection mentions those. JSON_VALUE of a JSON
 * column never fails, so it may run for rows that the projection would not have asked.
 */
export function shareJsonValues(projection: Projection, compiler: Compiler): Projection {
  const { node, source } = projection;
  // Most inputs have none: then there is nothing to look for.
  if (!node.inputScan.columnList.some(({ type }) => type.kind === 'JSON')) return projection;
  const input = columnIds(node.inputScan);
  const calls = node.exprList.flatMap(({ expr }) => keyCalls(expr, input));
  const shared = [...new Set(calls.map(({ json }) => json.columnId))].flatMap((id) =>
    sharedValues(
      calls.filter(({ json }) => json.columnId === id),
      compiler,
    ),
  );
  if (shared.length === 0) return projection;
  const replaced = new Map<Expression, ColumnRef>();
  for (const { call, json, key } of calls) {
    const of = shared.find((one) => one.json.columnId === json.columnId);
    const column = of?.values.get(key);
    if (column) replaced.set(call, { node: 'ColumnRef', type: column.type, column });
  }
  return {
    node: {
      ...node,
      exprList: node.exprList.map((item) => ({ ...item, expr: replace(item.expr, replaced) })),
      inputScan: withColumns(node.inputScan, shared),
    },
    source: sourceWithValues(node.inputScan, source, shared, compiler),
  };
}

/** Calls that stand in the expression itself, not in a subquery of it. */
function keyCalls(root: unknown, input: ReadonlySet<string>): KeyCall[] {
  if (Array.isArray(root)) return root.flatMap((item) => keyCalls(item, input));
  if (root === null || typeof root !== 'object' || root instanceof Uint8Array) return [];
  const node = root as Expression;
  if (node.node === 'SubqueryExpr') return [];
  const found = asKeyCall(node, input);
  return found ? [found] : Object.values(root).flatMap((value) => keyCalls(value, input));
}

function asKeyCall(call: Expression, input: ReadonlySet<string>): KeyCall | undefined {
  if (call.node !== 'FunctionCall' || call.errorMode === 'SAFE_ERROR_MODE') return undefined;
  if (resolvedName(call) !== 'json_value') return undefined;
  const [json, path] = call.argumentList;
  if (json?.node !== 'ColumnRef' || json.type.kind !== 'JSON') return undefined;
  if (json.isCorrelated || !input.has(json.column.columnId)) return undefined;
  if (path?.node !== 'Literal') return undefined;
  const constant = literalConstant(path);
  if (typeof constant !== 'string' || !/^\$\.[\w-]+$/.test(constant)) return undefined;
  const [key] = parsePath(constant);
  return typeof key === 'string' ? { call, json: json.column, key } : undefined;
}

/** Of calls on one column; one key alone is not worth it. */
function sharedValues(calls: readonly KeyCall[], compiler: Compiler): SharedValues[] {
  const keys = keysReadTogether(calls.map(({ key }) => key));
  const [first] = calls;
  if (!first || keys.length < 2) return [];
  const values = keys.flatMap((key) => {
    const call = calls.find((one) => one.key === key)?.call;
    if (!call) return [];
    const column = { columnId: compiler.freshName('value'), name: key, type: call.type };
    return [[key, column] as const];
  });
  return [{ struct: compiler.freshName('json'), json: first.json, values: new Map(values) }];
}

function sourceWithValues(
  input: Scan,
  source: Source,
  shared: readonly SharedValues[],
  compiler: Compiler,
): Source {
  const own = columnNames(input.columnList, compiler);
  const structs = shared.map(
    ({ struct, json, values }) =>
      `${readKeys(compiler.column(json), [...values.keys()])} AS ${struct}`,
  );
  const rows = selectFrom([own, ...structs].join(', '), source);
  const columns = shared.flatMap(({ struct, json, values }) =>
    [...values].map(([key, column]) => {
      const value = valueRead(struct, key, `CAST(${compiler.column(json)} AS JSON)`);
      return `${value} AS ${compiler.column(column)}`;
    }),
  );
  return {
    from: `(${selectFrom([own, ...columns].join(', '), { from: `(${rows})`, where: [] })})`,
    where: [],
  };
}

function withColumns(input: Scan, shared: readonly SharedValues[]): Scan {
  const added = shared.flatMap(({ values }) => [...values.values()]);
  return { ...input, columnList: [...input.columnList, ...added] };
}

function replace<Node>(root: Node, replaced: ReadonlyMap<Expression, ColumnRef>): Node {
  if (Array.isArray(root)) return root.map((item) => replace(item, replaced)) as Node;
  if (root === null || typeof root !== 'object' || root instanceof Uint8Array) return root;
  const reference = replaced.get(root as unknown as Expression);
  if (reference) return reference as Node;
  return Object.fromEntries(
    Object.entries(root).map(([key, value]) => [key, replace(value, replaced)]),
  ) as Node;
}
