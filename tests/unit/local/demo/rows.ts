import { createHash } from 'node:crypto';
import { generateShop } from '@tributary/local/demo/generate-shop';
import { type DemoInput, readDemoOptions } from '@tributary/local/demo/options';
import { type ColumnTable, cell } from '@tributary/local/demo/tables/columns';
import type { ShopTables } from '@tributary/local/demo/tables/shop-tables';

export type Cells = Readonly<Record<string, string | number | null>>;

/** The rows of a table as objects, for assertions. */
export function rowsOf(table: ColumnTable): Cells[] {
  const names = Object.keys(table.columns);
  return Array.from({ length: table.rowCount }, (_, row) =>
    Object.fromEntries(names.map((name) => [name, cell(table, name, row)])),
  );
}

/** The values of one column. */
export const columnOf = (table: ColumnTable, name: string): (string | number | null)[] =>
  Array.from({ length: table.rowCount }, (_, row) => cell(table, name, row));

/** All tables of a shop by name. */
export function tablesOf(shop: ShopTables): [string, ColumnTable][] {
  const { truth, ...raw } = shop;
  return [...Object.entries(raw), ...Object.entries(truth)];
}

/** One hash over every cell of a shop. */
export function hashOf(shop: ShopTables): string {
  const hash = createHash('sha256');
  for (const [name, table] of tablesOf(shop)) {
    hash.update(name);
    for (const row of rowsOf(table)) hash.update(JSON.stringify(Object.values(row)));
  }
  return hash.digest('hex');
}

export const smallShop = (input: DemoInput = {}): ShopTables =>
  generateShop(readDemoOptions({ persons: 120, days: 60, seed: 7, ...input }));
