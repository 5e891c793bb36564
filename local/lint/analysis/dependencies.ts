/** A column of a statement, by the analyzer's id. */
export type ColumnId = string;

/** Who knows the columns of `from` knows `to`; a constant needs none. */
export interface Dependency {
  readonly from: readonly ColumnId[];
  readonly to: ColumnId;
}

/**
 * What is known of the rows of a scan: which columns tell them apart, and which columns follow from
 * others. NULLs are left out of account: a unique column is one without repeated values.
 */
export interface Relation {
  readonly columns: readonly ColumnId[];
  readonly keys: readonly (readonly ColumnId[])[];
  readonly dependencies: readonly Dependency[];
}

/** All columns that follow from the given ones. */
export function closure(relation: Relation, columns: Iterable<ColumnId>): ReadonlySet<ColumnId> {
  const known = new Set(columns);
  for (let size = -1; size !== known.size; ) {
    size = known.size;
    for (const { from, to } of relation.dependencies) {
      if (from.every((column) => known.has(column))) known.add(to);
    }
  }
  return known;
}

/**
 * True if no two rows share these columns, or only rows that are the same in all columns: then it
 * does not matter which of them comes first.
 */
export function isTotal(relation: Relation, columns: Iterable<ColumnId>): boolean {
  const known = closure(relation, columns);
  const holds = (key: readonly ColumnId[]) => key.every((column) => known.has(column));
  return relation.keys.some(holds) || holds(relation.columns);
}

/** More keys than this say nothing that the shortest ones do not. */
const MOST_KEYS = 12;

/** Keys without repetition, shortest first. */
export function distinctKeys(
  keys: readonly (readonly ColumnId[])[],
): readonly (readonly ColumnId[])[] {
  const byText = new Map(keys.map((key) => [[...new Set(key)].sort().join(' '), key]));
  return [...byText.values()].sort((left, right) => left.length - right.length).slice(0, MOST_KEYS);
}

/** Both follow from each other. */
export function same(left: ColumnId, right: ColumnId): Dependency[] {
  return [
    { from: [left], to: right },
    { from: [right], to: left },
  ];
}
