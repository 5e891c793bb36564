import type { ModelDefinition, Target } from './project';

/** What `dataform run` sends for a model that is built anew. */
export function fullRefreshScript(model: ModelDefinition): string {
  const kind = model.type === 'view' ? 'view' : 'table';
  const create = `create or replace ${kind} ${resolve(model.target)} as ${model.query}`;
  return [...model.preOps, create, ...model.postOps].join('\n;\n');
}

/** What `dataform run` sends for an incremental model whose table is there, with its columns. */
export function incrementalScript(model: ModelDefinition, columns: readonly string[]): string {
  const query = model.incrementalQuery ?? model.query;
  const change =
    model.uniqueKey.length > 0
      ? mergeStatement(model, columns, query)
      : insertStatement(model, columns, query);
  return [...model.incrementalPreOps, change, ...model.incrementalPostOps].join('\n;\n');
}

function insertStatement(
  model: ModelDefinition,
  columns: readonly string[],
  query: string,
): string {
  const names = columns.map(quote).join(', ');
  return `insert into ${resolve(model.target)} (${names})\nselect ${names}\nfrom (${query}\n) as insertions`;
}

function mergeStatement(model: ModelDefinition, columns: readonly string[], query: string): string {
  const names = columns.map(quote).join(', ');
  const keys = model.uniqueKey.map((key) => `target.${quote(key)} = source.${quote(key)}`);
  const updates = columns.map((column) => `${quote(column)} = source.${quote(column)}`);
  return `merge ${resolve(model.target)} as target
using (${query}
) as source
on ${keys.join(' and ')}
when matched then update set ${updates.join(', ')}
when not matched then insert (${names}) values (${names})`;
}

function resolve({ database, schema, name }: Target): string {
  return `\`${database}.${schema}.${name}\``;
}

function quote(name: string): string {
  return `\`${name}\``;
}
