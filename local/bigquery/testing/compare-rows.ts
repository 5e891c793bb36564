import type { WireValue } from '../rest/encode';
import type { Column } from '../sql/catalog';

/** A row by column, as the REST API would send its values. */
export type ComparedRow = ReadonlyMap<string, WireValue>;

/** FLOAT64 values that differ by less than this share count as equal. */
const FLOAT_TOLERANCE = 1e-9;

/**
 * Differences between the rows wanted and the rows there are, one line each, by the key columns;
 * no line where they are the same. Order does not count, repeated rows do.
 */
export function compareRows(
  columns: readonly Column[],
  keyColumns: readonly string[],
  expected: readonly ComparedRow[],
  actual: readonly ComparedRow[],
): string[] {
  const wanted = groupByKey(expected, keyColumns);
  const found = groupByKey(actual, keyColumns);
  const keys = [...new Set([...wanted.keys(), ...found.keys()])].sort();
  return keys.flatMap((key) =>
    compareGroup(key, columns, wanted.get(key) ?? [], found.get(key) ?? []),
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
  key: string,
  columns: readonly Column[],
  wanted: readonly ComparedRow[],
  found: readonly ComparedRow[],
): string[] {
  const lines: string[] = [];
  const left = [...found];
  const unmatched = wanted.filter((row) => {
    const index = left.findIndex((other) => differences(columns, row, other).length === 0);
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
  for (const row of unmatched) {
    const other = left.shift();
    if (other) lines.push(...differences(columns, row, other).map((line) => `${key}: ${line}`));
    else lines.push(`${key}: missing, expected ${print(columns, row)}`);
  }
  return [...lines, ...left.map((row) => `${key}: not expected, found ${print(columns, row)}`)];
}

function differences(
  columns: readonly Column[],
  wanted: ComparedRow,
  found: ComparedRow,
): string[] {
  return columns.flatMap(({ name, type }) => {
    const left = wanted.get(name) ?? null;
    const right = found.get(name) ?? null;
    if (isSame(left, right, type.kind === 'FLOAT64')) return [];
    return [`${name} expected ${printValue(left)}, found ${printValue(right)}`];
  });
}

function isSame(left: WireValue, right: WireValue, isFloat: boolean): boolean {
  if (isFloat && typeof left === 'string' && typeof right === 'string') {
    const [a, b] = [Number(left), Number(right)];
    return Object.is(a, b) || Math.abs(a - b) <= FLOAT_TOLERANCE * Math.max(1, Math.abs(a));
  }
  return JSON.stringify(left) === JSON.stringify(right);
}

function groupByKey(
  rows: readonly ComparedRow[],
  key: readonly string[],
): Map<string, ComparedRow[]> {
  const groups = new Map<string, ComparedRow[]>();
  for (const row of rows) {
    const text = key.map((name) => `${name} ${printValue(row.get(name) ?? null)}`).join(', ');
    groups.set(text, [...(groups.get(text) ?? []), row]);
  }
  return groups;
}

function print(columns: readonly Column[], row: ComparedRow): string {
  const fields = columns.map(({ name }) => `${name}: ${printValue(row.get(name) ?? null)}`);
  return `{${fields.join(', ')}}`;
}

/** Arrays and structs lose the API's wrapping: [a, b] and (a, b). */
function printValue(value: WireValue): string {
  if (value === null) return 'NULL';
  if (typeof value === 'string') return value;
  if ('f' in value) return `(${value.f.map(({ v }) => printValue(v)).join(', ')})`;
  return `[${value.map(({ v }) => printValue(v)).join(', ')}]`;
}
