import type { ModelDefinition, Target } from './project';

/** What `dataform run` sends for a model that is built anew. */
export function fullRefreshScript(
  model: Pick<ModelDefinition, 'type' | 'target' | 'query' | 'preOps' | 'postOps'>,
): string {
  const kind = model.type === 'view' ? 'view' : 'table';
  const create = `create or replace ${kind} ${resolve(model.target)} as ${model.query}`;
  return [...model.preOps, create, ...model.postOps].join('\n;\n');
}

/** What `dataform run` sends for an incremental model whose table is there, with its columns. */
export function incrementalScript(model: ModelDefinition, columns: readonly string[]): string {
  if (model.incrementalStrategy === 'INSERT_OVERWRITE') {
    throw new Error(
      `${model.target.name} has the strategy insert_overwrite, whose script (BEGIN ... END) the local BigQuery does not run: test its query with the strategy merge.`,
    );
  }
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

/** The name of the target is Dataform's: `updatePartitionFilter` may use it. */
function mergeStatement(model: ModelDefinition, columns: readonly string[], query: string): string {
  const names = columns.map(quote).join(', ');
  const { updatePartitionFilter: filter } = model.bigquery;
  const conditions = [
    ...model.uniqueKey.map((key) => `DATAFORM_DEST.${quote(key)} = DATAFORM_SOURCE.${quote(key)}`),
    ...(filter ? [`DATAFORM_DEST.${filter}`] : []),
  ];
  const updates = columns.map((column) => `${quote(column)} = DATAFORM_SOURCE.${quote(column)}`);
  return `merge ${resolve(model.target)} as DATAFORM_DEST
using (${query}
) as DATAFORM_SOURCE
on ${conditions.join(' and ')}
when matched then update set ${updates.join(', ')}
when not matched then insert (${names}) values (${names})`;
}

function resolve({ database, schema, name }: Target): string {
  return `\`${database}.${schema}.${name}\``;
}

function quote(name: string): string {
  return `\`${name}\``;
}
