import type { WireValue } from '../rest/encode';
import type { Column } from '../sql/catalog';
import type { GoogleSqlType } from '../sql/types';
import { printValue } from './print-value';

/** A row by column, as the REST API would send its values, timestamps in microseconds. */
export type ComparedRow = ReadonlyMap<string, WireValue>;

/** How rows are compared. */
export interface Comparison {
  readonly columns: readonly Column[];
  /** Columns that say which row is which. */
  readonly key: readonly string[];
  /** FLOAT64 values that differ by no more than this share of their size are equal. */
  readonly tolerance?: number;
}

/** One thing that differs, printed; `key` holds the values of the key columns. */
export type RowDifference =
  | {
      readonly kind: 'value';
      readonly key: readonly string[];
      readonly column: string;
      readonly expected: string;
      readonly actual: string;
    }
  | {
      readonly kind: 'missing' | 'unexpected';
      readonly key: readonly string[];
      /** The row's other columns, as 'name: value, ...'. */
      readonly row: string;
    };

/**
 * Differences between the rows wanted and the rows there are, sorted by key; none where they are
 * the same. Order does not count, repeated rows do.
 */
export function compareRows(
  comparison: Comparison,
  expected: readonly ComparedRow[],
  actual: readonly ComparedRow[],
): RowDifference[] {
  const wanted = groupByKey(expected, comparison.key);
  const found = groupByKey(actual, comparison.key);
  const keys = [...new Set([...wanted.keys(), ...found.keys()])].sort();
  return keys.flatMap((key) =>
    compareGroup(comparison, wanted.get(key) ?? [], found.get(key) ?? []),
  );
}

/** The first columns that tell the expected rows apart; all of them where none do. */
export function chooseKey(
  columns: readonly string[],
  rows: readonly ComparedRow[],
): readonly string[] {
  for (let count = 1; count < columns.length; count++) {
    const key = columns.slice(0, count);
    if (groupByKey(rows, key).size === rows.length) return key;
  }
  return columns;
}

function compareGroup(
  comparison: Comparison,
  wanted: readonly ComparedRow[],
  found: readonly ComparedRow[],
): RowDifference[] {
  const left = [...found];
  const unmatched = wanted.filter((row) => {
    const index = left.findIndex((other) => differingColumns(comparison, row, other).length === 0);
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
  const differences = unmatched.flatMap((row): RowDifference[] => {
    const other = left.shift();
    if (!other) return [wholeRow('missing', comparison, row)];
    const key = keyOf(comparison, row);
    return differingColumns(comparison, row, other).map(({ name, type }) => ({
      kind: 'value',
      key,
      column: name,
      expected: printValue(row.get(name) ?? null, type),
      actual: printValue(other.get(name) ?? null, type),
    }));
  });
  return [...differences, ...left.map((row) => wholeRow('unexpected', comparison, row))];
}

function wholeRow(
  kind: 'missing' | 'unexpected',
  comparison: Comparison,
  row: ComparedRow,
): RowDifference {
  const rest = comparison.columns.filter(({ name }) => !comparison.key.includes(name));
  const fields = rest.map(
    ({ name, type }) => `${name}: ${printValue(row.get(name) ?? null, type)}`,
  );
  return { kind, key: keyOf(comparison, row), row: fields.join(', ') };
}

function keyOf({ columns, key }: Comparison, row: ComparedRow): string[] {
  return key.map((name) => {
    const type = columns.find((column) => column.name === name)?.type;
    return printValue(row.get(name) ?? null, type ?? { kind: 'STRING' });
  });
}

function differingColumns(
  { columns, tolerance = 0 }: Comparison,
  wanted: ComparedRow,
  found: ComparedRow,
): Column[] {
  return columns.filter(
    ({ name, type }) => !isSame(wanted.get(name) ?? null, found.get(name) ?? null, type, tolerance),
  );
}

function isSame(
  left: WireValue,
  right: WireValue,
  type: GoogleSqlType,
  tolerance: number,
): boolean {
  if (left === null || right === null) return left === right;
  if (typeof left === 'string' || typeof right === 'string') {
    if (type.kind !== 'FLOAT64') return left === right;
    const [a, b] = [Number(left), Number(right)];
    return Object.is(a, b) || Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(a));
  }
  const [before, after] = [cellsOf(left), cellsOf(right)];
  return (
    before.length === after.length &&
    before.every((value, i) => isSame(value, after[i] ?? null, elementType(type, i), tolerance))
  );
}

/** Elements of an array, or fields of a struct. */
function cellsOf(value: Exclude<WireValue, string | null>): WireValue[] {
  return ('f' in value ? value.f : value).map(({ v }) => v);
}

function elementType(type: GoogleSqlType, index: number): GoogleSqlType {
  if (type.kind === 'ARRAY') return type.element;
  return (type.kind === 'STRUCT' && type.fields[index]?.type) || type;
}

function groupByKey(
  rows: readonly ComparedRow[],
  key: readonly string[],
): Map<string, ComparedRow[]> {
  const groups = new Map<string, ComparedRow[]>();
  for (const row of rows) {
    const text = JSON.stringify(key.map((name) => row.get(name) ?? null));
    const group = groups.get(text);
    if (group) group.push(row);
    else groups.set(text, [row]);
  }
  return groups;
}
