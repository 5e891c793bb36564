import type { Column, TableEntry } from '../catalog';
import { printPath } from '../names';
import type { GoogleSqlType } from '../types';
import { TABLE_SUFFIX } from '../wildcard';
import type { AnalyzerClient } from './client';
import { CUSTOM_FUNCTIONS } from './custom-functions';
import type { CatalogProto, LanguageOptionsProto } from './protocol';
import { toTypeProto } from './type-proto';

/** A table under the name by which a statement calls it, divided as its backticks divide it. */
export interface NamedTable {
  readonly segments: readonly string[];
  readonly entry: TableEntry;
}

/** The part of a catalog that every statement sees: the functions. */
export function functionCatalog(language: LanguageOptionsProto): object {
  return {
    builtinFunctionOptions: { languageOptions: language },
    customFunction: CUSTOM_FUNCTIONS,
  };
}

/**
 * The part of the catalog that is one statement's own: only the tables it names, each as nested
 * catalogs along the written name. Variables of a script are constants; their values never reach
 * the analyzer, which needs the type alone.
 */
export function catalogProto(
  client: AnalyzerClient,
  tables: readonly NamedTable[],
  variables: ReadonlyMap<string, GoogleSqlType> = new Map(),
): CatalogProto {
  const root = { ...folder('warehouse'), constant: [...variables].map(constant) };
  const known = new Set<string>();
  tables.forEach((table, i) => {
    const key = JSON.stringify(table.segments);
    if (known.has(key)) return;
    known.add(key);
    const name = table.segments.at(-1) ?? '';
    table.segments
      .slice(0, -1)
      .reduce(childCatalog, root)
      .table.push(tableBytes(client, name, table.entry, i + 1));
  });
  return root;
}

const folder = (name: string): CatalogProto => ({ name, table: [], catalog: [] });

const constant = ([name, type]: readonly [string, GoogleSqlType]) => ({
  namePath: [name],
  type: toTypeProto(type),
  value: {},
});

function childCatalog(parent: CatalogProto, name: string): CatalogProto {
  const known = parent.catalog.find((child) => child.name === name);
  if (known) return known;
  const child = folder(name);
  parent.catalog.push(child);
  return child;
}

const TABLE = 'zetasql.SimpleTableProto';

/** Columns on the wire, by the list that a catalog entry keeps as long as they do not change. */
const columnBytes = new WeakMap<readonly Column[], Buffer>();

/** What a table's columns are on the wire: equal bytes are equal columns. */
export function tableColumns(client: AnalyzerClient, entry: TableEntry): Buffer {
  let columns = columnBytes.get(entry.columns);
  if (!columns) {
    const column = entry.columns.map(({ name, type }) => ({
      name,
      type: toTypeProto(type),
      // SELECT * leaves a pseudo column out.
      ...(entry.wildcard && name === TABLE_SUFFIX ? { isPseudoColumn: true } : {}),
    }));
    columns = client.encode(TABLE, { column });
    columnBytes.set(entry.columns, columns);
  }
  return columns;
}

function tableBytes(
  client: AnalyzerClient,
  name: string,
  entry: TableEntry,
  serializationId: number,
): Buffer {
  const fullName = printPath(entry.path);
  const head = client.encode(TABLE, { name, fullName, serializationId });
  return Buffer.concat([head, tableColumns(client, entry)]);
}
