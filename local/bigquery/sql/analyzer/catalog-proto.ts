import type { TableEntry } from '../catalog';
import { printPath } from '../names';
import type { GoogleSqlType } from '../types';
import { CUSTOM_FUNCTIONS } from './custom-functions';
import type { CatalogProto, LanguageOptionsProto, TableProto } from './protocol';
import { toTypeProto } from './type-proto';

/** A table under the name by which a statement calls it, divided as its backticks divide it. */
export interface NamedTable {
  readonly segments: readonly string[];
  readonly entry: TableEntry;
}

/**
 * The catalog of one statement: only the tables it names, each as nested catalogs along the
 * written name. Variables of a script are constants; their values never reach the analyzer, which
 * needs the type alone.
 */
export function catalogProto(
  tables: readonly NamedTable[],
  variables: ReadonlyMap<string, GoogleSqlType>,
  language: LanguageOptionsProto,
): CatalogProto {
  const root: CatalogProto = {
    name: 'warehouse',
    table: [],
    catalog: [],
    builtinFunctionOptions: { languageOptions: language },
    customFunction: CUSTOM_FUNCTIONS,
    constant: [...variables].map(([name, type]) => ({
      namePath: [name],
      type: toTypeProto(type),
      value: {},
    })),
  };
  tables.forEach((table, i) => {
    const folder = table.segments.slice(0, -1).reduce(childCatalog, root);
    const name = table.segments.at(-1) ?? '';
    if (!folder.table.some((other) => other.name === name)) {
      folder.table.push(tableProto(name, table.entry, i + 1));
    }
  });
  return root;
}

function childCatalog(parent: CatalogProto, name: string): CatalogProto {
  const known = parent.catalog.find((child) => child.name === name);
  if (known) return known;
  const child: CatalogProto = { name, table: [], catalog: [] };
  parent.catalog.push(child);
  return child;
}

function tableProto(name: string, entry: TableEntry, serializationId: number): TableProto {
  return {
    name,
    fullName: printPath(entry.path),
    serializationId,
    column: entry.columns.map((column) => ({
      name: column.name,
      type: toTypeProto(column.type),
    })),
  };
}
