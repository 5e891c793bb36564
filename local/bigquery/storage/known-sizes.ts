import type { StoredTable } from './entries';

/**
 * Bytes of leaves by table. Every change of a table's rows gives it a new entry, so an entry
 * stands for one version of the rows.
 */
const known = new WeakMap<StoredTable, Map<string, number>>();

/** No leaf has this name. */
const ROWS = '';

/** Bytes of the leaves of a table that were measured, by 'column.field.field'; rows by ''. */
export function knownSizes(entry: StoredTable): Map<string, number> {
  const sizes = known.get(entry) ?? new Map<string, number>();
  known.set(entry, sizes);
  return sizes;
}

/** An entry with other metadata has the sizes of the one before, as long as the rows stay. */
export function keepSizes(before: StoredTable, after: StoredTable): void {
  known.set(after, new Map(knownSizes(before)));
}

/** Whoever writes a table's rows knows how many they are: to ask takes a statement of its own. */
export function noteRowCount(entry: StoredTable, rowCount: number): void {
  knownSizes(entry).set(ROWS, rowCount);
}

export function knownRowCount(entry: StoredTable): number | undefined {
  return knownSizes(entry).get(ROWS);
}
