import type { Column } from '../sql/catalog';
import { printType } from '../sql/types';
import type { ModelDefinition, Target } from './project';

/** What `dataform run` sends for a model that is built anew. */
export function fullRefreshScript(
  model: Pick<ModelDefinition, 'type' | 'target' | 'query' | 'preOps' | 'postOps' | 'bigquery'>,
): string {
  const table = resolve(model.target);
  const head = model.type === 'view' ? `view ${table}` : `table ${table}${layoutOf(model)}`;
  return [...model.preOps, `create or replace ${head} as ${model.query}`, ...model.postOps].join(
    '\n;\n',
  );
}

/** Ranges of numbers, which the local BigQuery does not know; only a required filter needs them. */
const NUMBER_RANGES = /^\s*RANGE_BUCKET\b/i;

/** Partitions, clusters and options, before AS and on its line. */
function layoutOf({ bigquery }: Pick<ModelDefinition, 'bigquery'>): string {
  const { requirePartitionFilter, partitionExpirationDays: days, clusterBy = [] } = bigquery;
  const isLeftOut = !requirePartitionFilter && NUMBER_RANGES.test(bigquery.partitionBy ?? '');
  const by = isLeftOut ? undefined : bigquery.partitionBy;
  const options = [
    ...(by && days ? [`partition_expiration_days=${days}`] : []),
    ...(by && requirePartitionFilter ? ['require_partition_filter=true'] : []),
    ...Object.entries(bigquery.additionalOptions ?? {}).map(([name, value]) => `${name}=${value}`),
  ];
  return [
    ...(by ? [` partition by ${by}`] : []),
    ...(clusterBy.length > 0 ? [` cluster by ${clusterBy.join(', ')}`] : []),
    ...(options.length > 0 ? [` options(${options.join(', ')})`] : []),
  ].join('');
}

/** What makes a model's table without rows, where its columns are known by another way. */
export function emptyTableScript(model: ModelDefinition, columns: readonly Column[]): string {
  const row = printType({ kind: 'STRUCT', fields: columns });
  const query = `SELECT * FROM UNNEST(ARRAY<${row}>[])`;
  return fullRefreshScript({ ...model, query, preOps: [], postOps: [] });
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
  const { updatePartitionFilter: filter, incrementalPredicates = [] } = model.bigquery;
  const conditions = [
    ...model.uniqueKey.map((key) => `DATAFORM_DEST.${quote(key)} = DATAFORM_SOURCE.${quote(key)}`),
    ...(filter ? [`DATAFORM_DEST.${filter}`] : []),
    ...incrementalPredicates.map((predicate) => `(${predicate})`),
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
