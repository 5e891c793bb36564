import type { Column } from '../bigquery/sql/catalog';
import type { CompiledGraph, Target } from '../bigquery/testing/compiled-graph';
import { fullRefreshScript } from '../bigquery/testing/model-script';
import type { Action } from './rule';
import { type SourceFile, sourceFile } from './sqlx/source-file';
import type { Template } from './sqlx/split';
import { SqlText } from './sqlx/sql-text';

/** A script of an action as it is sent, and the texts that it is put together from. */
export interface ActionScript {
  readonly action: string;
  readonly kind: Action['kind'];
  readonly file: string;
  readonly isIncremental: boolean;
  readonly text: string;
  readonly parts: readonly { readonly sql: SqlText; readonly at: number }[];
  readonly reads: readonly Target[];
}

/** Everything that an action sends, with where it is written. */
export function actionScripts(
  graph: CompiledGraph,
  files: ReadonlyMap<string, SourceFile>,
): ActionScript[] {
  const scripts: ActionScript[] = [];
  for (const table of graph.tables) {
    const { target, type: kind, dependencyTargets: reads } = table;
    const texts = textsOf(files.get(table.fileName), table.fileName);
    const before = table.preOps.map(texts.operation);
    const after = table.postOps.map(texts.operation);
    const base = { action: target.name, kind, file: table.fileName };
    scripts.push(
      script({ ...base, isIncremental: false, reads }, fullRefreshScript(table), [
        ...before,
        texts.statement(table.query),
        ...after,
      ]),
    );
    if (kind !== 'incremental') continue;
    const parts = [
      ...table.incrementalPreOps.map(texts.operation),
      texts.statement(table.incrementalQuery ?? table.query),
      ...table.incrementalPostOps.map(texts.operation),
    ];
    const text = parts.map((part) => part.text).join('\n;\n');
    scripts.push(script({ ...base, isIncremental: true, reads: [...reads, target] }, text, parts));
  }
  for (const { target, fileName: file, query, dependencyTargets: reads } of ownAssertions(graph)) {
    const base = { action: target.name, kind: 'assertion', file, isIncremental: false } as const;
    scripts.push(
      script({ ...base, reads }, query, [textsOf(files.get(file), file).statement(query)]),
    );
  }
  for (const { target, fileName: file, queries, dependencyTargets: reads } of graph.operations) {
    const parts = queries.map(textsOf(files.get(file), file).statement);
    const base = { action: target.name, kind: 'operations', file, isIncremental: false } as const;
    scripts.push(script({ ...base, reads }, queries.join('\n;\n'), parts));
  }
  return scripts;
}

function script(
  base: Omit<ActionScript, 'text' | 'parts'>,
  text: string,
  sqls: readonly SqlText[],
): ActionScript {
  let from = 0;
  const parts = sqls.map((sql) => {
    const at = Math.max(text.indexOf(sql.text, from), from);
    from = at + sql.text.length;
    return { sql, at };
  });
  return { ...base, text, parts };
}

function textsOf(source: SourceFile | undefined, file: string) {
  const read = (templates: readonly Template[] | undefined) => (text: string) =>
    new SqlText(text, file, source, templates ?? []);
  return {
    statement: read(source?.sqlx?.statements),
    operation: read(source?.sqlx?.operations),
  };
}

/** Assertions with a file of their own; Dataform writes the others from the configs of models. */
function ownAssertions(graph: CompiledGraph) {
  return graph.assertions.filter(({ parentAction }) => !parentAction);
}

/** The actions of a project as rules see them. */
export function readActions(
  graph: CompiledGraph,
  files: ReadonlyMap<string, SourceFile>,
  columns: ReadonlyMap<string, readonly Column[]>,
): Action[] {
  const all = [...graph.tables, ...graph.assertions, ...graph.operations, ...graph.declarations];
  const paths = new Map(all.map(({ target, fileName }) => [key(target), fileName]));
  const kinds = [
    ...graph.tables.map((table) => ({
      ...table,
      kind: table.type,
      onSchemaChange: table.onSchemaChange,
    })),
    ...ownAssertions(graph).map((it) => ({
      ...it,
      kind: 'assertion' as const,
      onSchemaChange: undefined,
    })),
    ...graph.operations.map((it) => ({
      ...it,
      kind: 'operations' as const,
      onSchemaChange: undefined,
    })),
  ];
  return kinds.map(({ kind, onSchemaChange, target, fileName, tags, ...rest }) => ({
    kind,
    onSchemaChange,
    name: target.name,
    file: files.get(fileName) ?? sourceFile(fileName, ''),
    description: rest.actionDescriptor.description,
    described: rest.actionDescriptor.columns,
    tags,
    reads: rest.dependencyTargets.flatMap((it) => {
      const path = paths.get(key(it));
      return path === undefined ? [] : [{ name: it.name, path }];
    }),
    columns: columns.get(target.name),
  }));
}

function key({ schema, name }: Target): string {
  return `${schema}.${name}`;
}
