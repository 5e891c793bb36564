import type { CompiledGraph } from '../../bigquery/testing/compiled-graph';
import type { AnalyzedStatement } from '../rule';
import { closure } from './dependencies';
import { Relations } from './relations';

/** What rules know of the project beyond one statement. */
export interface Facts {
  readonly relations: (statement: AnalyzedStatement) => Relations;
  /** The column that a table is partitioned by; undefined where it is not, or unknown. */
  readonly partitionColumn: (table: string) => string | undefined;
}

const GROUPED = /GROUP BY ([\s\S]*?)\n\s*\) AS data\s+WHERE index_row_count > 1/;

/**
 * Facts of a project: keys that assertions hold, keys that the models' own queries show, and what
 * tables are partitioned by.
 */
export function projectFacts(
  graph: CompiledGraph,
  statements: readonly AnalyzedStatement[],
  sourcePartitions: ReadonlyMap<string, string> = new Map(),
): Facts {
  const known = new Map<AnalyzedStatement, Relations>();
  const keys = new Map<string, readonly (readonly string[])[]>();
  const asserted = assertedKeys(graph);
  const partitions = new Map(
    graph.tables.map(({ target, bigquery }) => [target.name, bigquery.partitionBy]),
  );
  const makers = new Map(
    statements.filter(makesTable).map((statement) => [statement.action, statement]),
  );

  const keysOf = (table: string): readonly (readonly string[])[] => {
    const found = keys.get(table);
    if (found) return found;
    keys.set(table, []);
    const maker = makers.get(table);
    const inferred = maker ? outputKeys(maker, relations(maker)) : [];
    const all = [...(asserted.get(table) ?? []), ...inferred];
    keys.set(table, all);
    return all;
  };

  const relations = (statement: AnalyzedStatement): Relations => {
    let found = known.get(statement);
    if (!found) {
      found = new Relations(statement.resolved, keysOf);
      known.set(statement, found);
    }
    return found;
  };

  return {
    relations,
    partitionColumn: (table) => {
      const written = partitions.get(table);
      return written ? /^(?:\w+\()?\s*(\w+)/.exec(written)?.[1] : sourcePartitions.get(table);
    },
  };
}

/** The statement that makes a model's table when it is built anew. */
function makesTable({ resolved, kind, isIncremental }: AnalyzedStatement): boolean {
  const creates = ['CreateTableAsSelectStmt', 'CreateViewStmt'].includes(resolved.node);
  const isTemporary = 'createScope' in resolved && resolved.createScope === 'CREATE_TEMP';
  return creates && !isTemporary && !isIncremental && kind !== 'operations';
}

/** Dataform makes an assertion of each uniqueKey of a config; incrementals merge by theirs. */
function assertedKeys(graph: CompiledGraph): Map<string, string[][]> {
  const keys = new Map<string, string[][]>();
  const add = (table: string, key: readonly string[]): void => {
    if (key.length > 0) keys.set(table, [...(keys.get(table) ?? []), [...key]]);
  };
  for (const { parentAction, query } of graph.assertions) {
    const list = GROUPED.exec(query)?.[1];
    if (parentAction && list)
      add(
        parentAction.name,
        list.split(',').map((name) => name.trim()),
      );
  }
  for (const { target, uniqueKey } of graph.tables) add(target.name, uniqueKey);
  return keys;
}

/** Keys of a query's result in the words of its output columns. */
function outputKeys({ resolved }: AnalyzedStatement, relations: Relations): string[][] {
  if (!('query' in resolved) || !('outputColumnList' in resolved) || !resolved.query) return [];
  const relation = relations.of(resolved.query);
  const outputs = resolved.outputColumnList.map(({ name, column }) => ({
    name,
    holds: closure(relation, [column.columnId]),
  }));
  return relation.keys.flatMap((key) => {
    const names = key.map((id) => outputs.find(({ holds }) => holds.has(id))?.name);
    return names.every((name) => name !== undefined) ? [names as string[]] : [];
  });
}
