import type { Column } from '../../bigquery/sql/catalog';
import type { GoogleSqlType } from '../../bigquery/sql/types';
import { wrap } from '../wrap';
import type { TableDescription } from './find-table';

const WIDTH = 80;

/** A column or a field, as a line of the schema. */
interface SchemaField {
  readonly name: string;
  readonly type: string;
  readonly mode: 'NULLABLE' | 'REPEATED' | 'REQUIRED';
  readonly description: string;
  readonly fields?: readonly SchemaField[];
}

/** Columns with their fields, in BigQuery's words: ARRAY is the mode REPEATED. */
export function schemaFields(
  columns: readonly Column[],
  described: ReadonlyMap<string, string>,
  path = '',
): SchemaField[] {
  return columns.map(({ name, type, required, description }) => {
    const full = path === '' ? name : `${path}.${name}`;
    const element = type.kind === 'ARRAY' ? type.element : type;
    const mode = type.kind === 'ARRAY' ? 'REPEATED' : required ? 'REQUIRED' : 'NULLABLE';
    const fields = fieldsOf(element);
    return {
      ...{ name, type: element.kind, mode },
      description: described.get(full) ?? description ?? '',
      ...(fields ? { fields: schemaFields(fields, described, full) } : {}),
    };
  });
}

function fieldsOf(type: GoogleSqlType): readonly Column[] | undefined {
  return type.kind === 'STRUCT' ? type.fields : undefined;
}

/** The schema of a table for people: the grain, the layout, a line for each column. */
export function printSchema(table: TableDescription, fields: readonly SchemaField[]): string {
  const layout = [
    `${table.kind}, ${table.file}`,
    ...(table.partitionBy ? [`partitioned by ${table.partitionBy}`] : []),
    ...(table.clusterBy.length > 0 ? [`clustered by ${table.clusterBy.join(', ')}`] : []),
  ];
  const lines = flatten(fields);
  const names = Math.max(6, ...lines.map(({ label }) => label.length));
  const types = Math.max(4, ...lines.map(({ type }) => type.length));
  return [
    table.name,
    ...wrap(table.description || '(no description)', WIDTH),
    ...layout.flatMap((line) => wrap(line, WIDTH)),
    '',
    ...lines.flatMap(({ label, type, description }) =>
      row(label.padEnd(names), type.padEnd(types), description),
    ),
    ...missingDescriptions(table, fields),
  ].join('\n');
}

/** A source is described where its columns are taken over; a model must describe its own. */
function missingDescriptions(table: TableDescription, fields: readonly SchemaField[]): string[] {
  const missing = fields.filter(({ description }) => description === '').map(({ name }) => name);
  if (missing.length === 0) return [];
  const note =
    missing.length === fields.length && table.kind === 'source'
      ? `${table.file} declares the table without describing its columns; the models that read it do.`
      : `Without description: ${missing.join(', ')}.`;
  return ['', ...wrap(note, WIDTH)];
}

function flatten(
  fields: readonly SchemaField[],
  indent = '',
): { label: string; type: string; description: string }[] {
  return fields.flatMap((field) => [
    {
      label: indent + field.name,
      type: `${field.type}${field.mode === 'NULLABLE' ? '' : ` ${field.mode}`}`,
      description: field.description,
    },
    ...flatten(field.fields ?? [], `${indent}  `),
  ]);
}

/** The description beside name and type where there is room, else below them. */
function row(name: string, type: string, description: string): string[] {
  const head = `${name}  ${type}`;
  if (description === '') return [head.trimEnd()];
  const room = WIDTH - head.length - 2;
  if (room >= 30) {
    const [first = '', ...rest] = wrap(description, room);
    return [`${head}  ${first}`, ...rest.map((line) => `${' '.repeat(head.length + 2)}${line}`)];
  }
  return [head.trimEnd(), ...wrap(description, WIDTH - 6).map((line) => `      ${line}`)];
}

/** All tables, each with the first sentence of its description, which says its grain. */
export function printTables(tables: readonly TableDescription[]): string {
  return tables
    .flatMap(({ name, description }) => [
      name,
      ...wrap(firstSentence(description) || '(no description)', WIDTH - 4).map(
        (line) => `    ${line}`,
      ),
    ])
    .join('\n');
}

/** 'One row per session.' out of a longer description. */
export function firstSentence(description: string): string {
  return /^.*?[.:;](?=\s|$)/.exec(description)?.[0].replace(/[:;]$/, '.') ?? description;
}
