import type { Column, Partitioning } from '../../catalog';
import { UnsupportedError } from '../../errors';
import type { Expression } from '../../resolved-ast/expressions';
import type {
  ColumnDefinition,
  CreateTableAsSelectStatement,
  CreateTableStatement,
} from '../../resolved-ast/statements';
import { resolvedName } from '../function-name';
import { literalConstant } from '../literal';
import { readOptions } from '../options';
import { knownType } from '../types';

type CreateTable = CreateTableStatement | CreateTableAsSelectStatement;

/** Columns of CREATE TABLE (...). */
export function definedColumns(definitions: readonly ColumnDefinition[]): Column[] {
  return definitions.map(readColumn);
}

export function readColumn(definition: ColumnDefinition): Column {
  const { name, annotations } = definition;
  if (definition.defaultValue) throw new UnsupportedError(`the DEFAULT of column ${name}`);
  if (definition.generatedColumnInfo) throw new UnsupportedError(`the generated column ${name}`);
  if (annotations?.typeParameters)
    throw new UnsupportedError(`the type parameters of column ${name}`);
  if (annotations?.collationName) throw new UnsupportedError('COLLATE');
  const { description } = readOptions(annotations?.optionList ?? []);
  return {
    name,
    type: knownType(definition.type),
    ...(annotations?.notNull ? { required: true } : {}),
    ...(description === undefined ? {} : { description }),
  };
}

/** What a table is created with that only metadata keeps. */
export function tableLayout(node: CreateTable): {
  readonly temporary?: boolean;
  readonly partitioning?: Partitioning;
  readonly clustering?: readonly string[];
} {
  const { all } = readOptions(node.optionList);
  const requireFilter = all.require_partition_filter === true;
  const [by, ...more] = node.partitionByList;
  if (more.length > 0)
    throw new UnsupportedError('PARTITION BY more than one column', node.location);
  const clustering = node.clusterByList.map(clusterColumn);
  return {
    ...(node.createScope === 'CREATE_TEMP' ? { temporary: true } : {}),
    ...(by ? { partitioning: { ...readPartition(by), requireFilter } } : {}),
    ...(clustering.length === 0 ? {} : { clustering }),
  };
}

const GRANULARITIES = ['HOUR', 'DAY', 'MONTH', 'YEAR'] as const;

/** PARTITION BY a DATE column, DATE(column) or TIMESTAMP_TRUNC(column, HOUR) and the like. */
function readPartition(node: Expression): Omit<Partitioning, 'requireFilter'> {
  if (node.node === 'ColumnRef') return { column: node.column.name, granularity: 'DAY' };
  if (node.node === 'FunctionCall') {
    const [source, part] = node.argumentList;
    const name = resolvedName(node);
    if (source?.node === 'ColumnRef') {
      if (name === 'date' && !part) return { column: source.column.name, granularity: 'DAY' };
      if (/^(date|datetime|timestamp)_trunc$/.test(name) && part?.node === 'Literal') {
        const granularity = GRANULARITIES.find((known) => known === literalConstant(part));
        if (granularity) return { column: source.column.name, granularity };
      }
    }
  }
  throw new UnsupportedError('PARTITION BY other than a date, DATE() or *_TRUNC()', node.location);
}

function clusterColumn(node: Expression): string {
  if (node.node === 'ColumnRef') return node.column.name;
  throw new UnsupportedError('CLUSTER BY other than a column', node.location);
}

/** CREATE TABLE a LIKE b, without more: the columns and the layout of b, and none of its rows. */
export function shapedLike(node: CreateTableStatement) {
  const { likeTable: like, partitionByList, clusterByList, cloneFrom, copyFrom } = node;
  const entry = like?.entry;
  const isMore = partitionByList.length + clusterByList.length > 0 || cloneFrom || copyFrom;
  if (entry?.kind !== 'TABLE' || entry.wildcard || isMore) return undefined;
  const { columns, partitioning, clustering } = entry;
  return {
    ...(node.createScope === 'CREATE_TEMP' ? { temporary: true } : {}),
    columns,
    ...(partitioning && { partitioning }),
    ...(clustering && { clustering }),
  };
}

/** Refuses what would fill or shape a table in ways we do not follow. */
export function refuseTableSources(node: CreateTable): void {
  if (node.likeTable)
    throw new UnsupportedError('CREATE TABLE LIKE with rows or a layout', node.location);
  if (node.node === 'CreateTableStmt' && (node.cloneFrom || node.copyFrom)) {
    throw new UnsupportedError('CREATE TABLE COPY and CLONE', node.location);
  }
}
