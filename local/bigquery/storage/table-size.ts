import type { Column } from '../sql/catalog';
import { duckTable, quoteIdentifier } from '../sql/names';
import { hasStorage, type StoredTable } from './entries';
import { knownSizes } from './known-sizes';
import { bytesOfLeaf, leafPaths } from './logical-bytes';
import { rowsOfPartitions } from './partition-rows';
import type { Session } from './storage';

/** Some of a table: whole columns or fields of them, in all rows or in some. */
interface TablePart {
  /** Name of the column, in any case. */
  readonly column: string;
  /** Positions of struct fields from outside in; [] for the whole column. */
  readonly path: readonly number[];
  /** DuckDB SQL over a row; undefined for all rows. */
  readonly where?: string | undefined;
}

/** A transaction, and the catalog that goes with it. */
type Reading = Pick<Session, 'connection' | 'catalog'>;

/** Exact number of rows; DuckDB knows it without reading them. */
export async function countRows(session: Reading, entry: StoredTable): Promise<number> {
  if (!hasStorage(entry)) return 0;
  const sizes = session.catalog.sizesOf(entry);
  if (sizes.rowCount !== undefined) return sizes.rowCount;
  const reader = await session.connection.runAndReadAll(
    `SELECT count(*) FROM ${duckTable(entry.path)}`,
  );
  const rowCount = Number(reader.getRows()[0]?.[0] ?? 0);
  sizes.rowCount = rowCount;
  return rowCount;
}

/** Logical bytes of a whole table, as BigQuery counts them. */
export function tableBytes(session: Reading, entry: StoredTable): Promise<number> {
  return partBytes(session, entry, wholeTable(entry));
}

const wholeTable = ({ columns }: StoredTable): TablePart[] =>
  columns.map(({ name }) => ({ column: name, path: [] }));

/** Rows and bytes of a whole table, where no row has to be read for them. */
export function knownTableSize(
  entry: StoredTable,
): { readonly rowCount: number; readonly byteCount: number } | undefined {
  const sizes = knownSizes(entry);
  const rowCount = hasStorage(entry) ? sizes.rowCount : 0;
  if (rowCount === undefined) return undefined;
  if (rowCount === 0) return { rowCount, byteCount: 0 };
  const bytes = leavesOf(entry, wholeTable(entry)).map(({ key }) => sizes.bytes.get(key ?? ''));
  const isKnown = bytes.every((size) => size !== undefined);
  return isKnown ? { rowCount, byteCount: bytes.reduce((sum, size) => sum + size, 0) } : undefined;
}

/** Logical bytes of parts of a table; what two parts share counts once. */
export async function partBytes(
  session: Reading,
  entry: StoredTable,
  parts: readonly TablePart[],
): Promise<number> {
  if (!hasStorage(entry)) return 0;
  const sizes = session.catalog.sizesOf(entry).bytes;
  // Planning sums over many columns takes longer than asking whether there is anything to sum.
  if ((await countRows(session, entry)) === 0) return 0;
  const leaves = leavesOf(entry, parts);
  const measured = leaves.filter(({ key }) => key === undefined || !sizes.has(key));
  let bytes = 0;
  for (const { key } of leaves) bytes += key === undefined ? 0 : (sizes.get(key) ?? 0);
  if (measured.length === 0) return bytes;
  for (const group of alike(measured)) {
    const { where, arrays } = group[0] as Leaf;
    const rows =
      where === undefined ? 'TRUE' : await rowsOfPartitions(session.connection, entry, where);
    if (rows === 'FALSE') continue;
    const list = group.map(({ sum }) => sum).join(', ');
    const from = arrays.reduce(
      (inner, array) => `(SELECT unnest(${array}) AS one FROM ${inner})`,
      `(FROM ${duckTable(entry.path)} WHERE ${rows})`,
    );
    const reader = await session.connection.runAndReadAll(`SELECT ${list} FROM ${from}`);
    const row = reader.getRows()[0] ?? [];
    for (const [i, { key }] of group.entries()) {
      const size = Number(row[i] ?? 0);
      bytes += size;
      if (key !== undefined) sizes.set(key, size);
    }
  }
  return bytes;
}

interface Leaf {
  /** Names a leaf in all rows; some rows are measured anew, for 'today' passes. */
  readonly key: string | undefined;
  readonly sum: string;
  readonly arrays: readonly string[];
  /** DuckDB SQL of the rows, where they are not all. */
  readonly where: string | undefined;
}

/** Each leaf once, in the rows that any part asks for. */
function leavesOf(entry: StoredTable, parts: readonly TablePart[]): Leaf[] {
  const leaves = new Map<
    string,
    { leaf: number[]; column: Column; where: Set<string | undefined> }
  >();
  for (const { column: name, path, where } of parts) {
    const column = entry.columns.find((one) => one.name.toLowerCase() === name.toLowerCase());
    for (const leaf of column ? leafPaths(column.type, path) : []) {
      const key = [column?.name, ...leaf].join('.');
      const found = leaves.get(key) ?? { leaf, column: column as Column, where: new Set() };
      leaves.set(key, found);
      found.where.add(where);
    }
  }
  return [...leaves].map(([key, { leaf, column, where }]) => {
    const isWhole = where.has(undefined);
    return {
      ...bytesOfLeaf(column.type, quoteIdentifier(column.name), leaf),
      key: isWhole ? key : undefined,
      where: isWhole ? undefined : [...where].sort().join(' OR '),
    };
  });
}

/** Leaves by the rows that they are summed over: one statement for each group. */
function alike(leaves: readonly Leaf[]): Leaf[][] {
  const groups = new Map<string, Leaf[]>();
  for (const leaf of leaves) {
    const key = JSON.stringify([leaf.where, leaf.arrays]);
    groups.set(key, [...(groups.get(key) ?? []), leaf]);
  }
  return [...groups.values()];
}
