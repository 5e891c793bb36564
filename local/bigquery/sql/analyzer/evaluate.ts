import type { Column, TableEntry } from '../catalog';
import { UnsupportedError } from '../errors';
import { printPath } from '../names';
import { catalogProto, functionCatalog, type NamedTable } from './catalog-proto';
import type { AnalyzerClient } from './client';
import { analyzerOptions } from './language';
import {
  DESCRIPTOR_POOLS,
  type LanguageOptionsProto,
  type TableContentProto,
  type TypeProto,
  type ValueProto,
} from './protocol';
import { fromTypeProto } from './type-proto';
import type { SqlValue } from './value';
import { decodeValue, encodeValue } from './value-codec';

/** A table for the reference engine. */
export interface TableRows {
  /** Its one-part name in the query; `project.dataset.table` unless given. */
  readonly name?: string;
  readonly entry: TableEntry;
  readonly rows: readonly Readonly<Record<string, SqlValue>>[];
}

export interface Evaluation {
  readonly columns: readonly Column[];
  /** Cells in the order of `columns`. */
  readonly rows: readonly (readonly SqlValue[])[];
}

interface EvaluateAnswer {
  readonly prepared?: { readonly columns?: readonly { name?: string; type: TypeProto }[] };
  readonly content?: {
    readonly tableData?: { readonly row?: readonly { readonly cell?: readonly ValueProto[] }[] };
  };
}

/** Runs a query on the reference engine. */
export async function evaluate(
  client: AnalyzerClient,
  language: LanguageOptionsProto,
  sql: string,
  tables: readonly TableRows[],
): Promise<Evaluation> {
  const named: NamedTable[] = tables.map((table) => ({
    segments: [nameOf(table)],
    entry: table.entry,
  }));
  const request = {
    sql,
    options: analyzerOptions(language, 'evaluate'),
    simpleCatalog: { ...functionCatalog(language), ...catalogProto(client, named) },
    descriptorPoolList: DESCRIPTOR_POOLS,
  };
  const contents = tables.map((table) => contentBytes(client, table));
  const answer = await client.call<EvaluateAnswer>('EvaluateQuery', request, ...contents);
  const columns = (answer.prepared?.columns ?? []).map((column) => {
    const type = fromTypeProto(column.type);
    if (type.kind === 'OTHER') throw new UnsupportedError(`values of type ${type.name}`);
    return { name: column.name ?? '', type };
  });
  const rows = (answer.content?.tableData?.row ?? []).map((row) =>
    columns.map((column, i) => decodeValue(row.cell?.[i] ?? {}, column.type)),
  );
  return { columns, rows };
}

const nameOf = (table: TableRows): string => table.name ?? printPath(table.entry.path);

/** Rows on the wire, by their list and name: proofs ask many queries of the same rows. */
const bytesOfRows = new WeakMap<TableRows['rows'], Map<string, { count: number; bytes: Buffer }>>();

function contentBytes(client: AnalyzerClient, table: TableRows): Buffer {
  const name = nameOf(table);
  const known = bytesOfRows.get(table.rows) ?? new Map();
  bytesOfRows.set(table.rows, known);
  const kept = known.get(name);
  if (kept?.count === table.rows.length) return kept.bytes;
  const bytes = client.part('EvaluateQuery', { tableContent: { [name]: tableContent(table) } });
  known.set(name, { count: table.rows.length, bytes });
  return bytes;
}

function tableContent(table: TableRows): TableContentProto {
  const row = table.rows.map((values) => ({
    cell: table.entry.columns.map((column) => encodeValue(values[column.name], column.type)),
  }));
  return { tableData: { row } };
}
