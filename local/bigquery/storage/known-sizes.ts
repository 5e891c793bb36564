import type { StoredTable } from './entries';

/** What was measured of a table, or noted by its writer. */
export interface TableSizes {
  /** undefined where nobody counted. */
  rowCount: number | undefined;
  /** Bytes of leaves, by 'column.field.field'. */
  readonly bytes: Map<string, number>;
}

/**
 * Sizes by table. Every change of a table's rows gives it a new entry, so an entry stands for one
 * version of the rows. What a transaction that writes measures is no such version before it is
 * committed: it goes through `DraftSizes`.
 */
const known = new WeakMap<StoredTable, TableSizes>();

/** What is known of a table's entry; to be added to. */
export function knownSizes(entry: StoredTable): TableSizes {
  const sizes = known.get(entry) ?? { rowCount: undefined, bytes: new Map() };
  known.set(entry, sizes);
  return sizes;
}

/** An entry with other metadata has the sizes of the one before, as long as the rows stay. */
export function keepSizes(before: StoredTable, after: StoredTable): void {
  known.set(after, copyOf(knownSizes(before)));
}

/** Whoever writes a table's rows knows how many they are: to ask takes a statement of its own. */
export function noteRowCount(entry: StoredTable, rowCount: number): void {
  knownSizes(entry).rowCount = rowCount;
}

/**
 * What a transaction that writes has measured. Readers of the last commit see none of it; entries
 * that are still in the catalog when it is committed keep it.
 */
export class DraftSizes {
  private readonly drafts = new Map<StoredTable, TableSizes>();

  of(entry: StoredTable): TableSizes {
    const sizes = this.drafts.get(entry) ?? copyOf(knownSizes(entry));
    this.drafts.set(entry, sizes);
    return sizes;
  }

  /** To be called after the commit alone. */
  publish(isCommitted: (entry: StoredTable) => boolean): void {
    for (const [entry, { rowCount, bytes }] of this.drafts) {
      if (!isCommitted(entry)) continue;
      const sizes = knownSizes(entry);
      sizes.rowCount ??= rowCount;
      for (const [leaf, size] of bytes) sizes.bytes.set(leaf, size);
    }
  }
}

function copyOf({ rowCount, bytes }: TableSizes): TableSizes {
  return { rowCount, bytes: new Map(bytes) };
}
