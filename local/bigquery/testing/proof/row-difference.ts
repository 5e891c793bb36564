import { equalValues } from '../../functions/proof/equal-values';
import type { Column } from '../../sql/catalog';
import { printType } from '../../sql/types';
import type { SqlRow } from './linked-columns';
import type { TypedRows } from './reference-engine';
import { hasFloat, hasNoNumber, valueText } from './value-text';

/**
 * Relative difference up to which FLOAT64 values are equal: a sum in another order differs in its
 * last bits, and models compute on with it.
 */
const FLOAT_TOLERANCE = 1e-9;

const MOST_LINES = 5;
const MOST_CHARACTERS = 60;

/**
 * What differs between the rows of the reference engine and of DuckDB, the first lines of it by
 * key; empty where the sorted rows are equal. Every type but FLOAT64 is compared exactly; NaN and
 * infinities are refused, since nothing could be said of them.
 */
export function rowDifferences(
  reference: TypedRows,
  duck: TypedRows,
  uniqueKey: readonly string[] = [],
): string[] {
  const { columns } = reference;
  const [left, right] = [shapeOf(columns), shapeOf(duck.columns)];
  if (left !== right) return [`columns: ${left}; in DuckDB ${right}`];
  const exact = columns.filter(({ type }) => !hasFloat(type));
  const key = exact.filter(({ name }) => uniqueKey.includes(name));
  const isKeyed = key.length > 0 && key.length === uniqueKey.length;
  const wanted = groupRows(reference, isKeyed ? key : exact);
  const found = groupRows(duck, isKeyed ? key : exact);
  const lines = [...notFinite(reference, 'the reference'), ...notFinite(duck, 'DuckDB')];
  for (const text of new Set([...wanted.keys(), ...found.keys()])) {
    const differences = compareGroups(columns, wanted.get(text) ?? [], found.get(text) ?? []);
    lines.push(...differences.map((line) => (isKeyed ? `${shorten(text)}: ${line}` : line)));
  }
  if (lines.length <= MOST_LINES) return lines;
  return [...lines.slice(0, MOST_LINES), `and ${lines.length - MOST_LINES} more differences`];
}

/** Rows of one key on both sides, each in the same order, by pairs. */
function compareGroups(
  columns: readonly Column[],
  wanted: readonly SqlRow[],
  found: readonly SqlRow[],
): string[] {
  return Array.from({ length: Math.max(wanted.length, found.length) }, (_, index) => {
    const [left, right] = [wanted[index], found[index]];
    if (!left || !right) {
      return [`only in ${left ? 'the reference' : 'DuckDB'}: ${printRow(columns, left ?? right)}`];
    }
    return columns.flatMap(({ name, type }) => {
      const [a, b] = [left[name] ?? null, right[name] ?? null];
      if (equalValues(a, b, type, { relative: FLOAT_TOLERANCE })) return [];
      return [
        `${name} is ${shorten(valueText(a, type))}, in DuckDB ${shorten(valueText(b, type))}`,
      ];
    });
  }).flat();
}

/** Rows by the text of their key; within a key in order of exact values, then of FLOAT64. */
function groupRows({ columns, rows }: TypedRows, key: readonly Column[]): Map<string, SqlRow[]> {
  const groups = new Map<string, SqlRow[]>();
  for (const row of rows) {
    const text = textOf(row, key);
    const members = groups.get(text);
    if (members) members.push(row);
    else groups.set(text, [row]);
  }
  const exact = columns.filter(({ type }) => !hasFloat(type));
  const floats = columns.filter(({ type }) => type.kind === 'FLOAT64').map(({ name }) => name);
  for (const [text, members] of groups) {
    if (members.length > 1) groups.set(text, sortRows(members, exact, floats));
  }
  return groups;
}

function sortRows(
  rows: readonly SqlRow[],
  exact: readonly Column[],
  floats: readonly string[],
): SqlRow[] {
  const keyed = rows.map((row) => ({ row, text: textOf(row, exact) }));
  keyed.sort((a, b) => {
    if (a.text !== b.text) return a.text < b.text ? -1 : 1;
    const name = floats.find((it) => a.row[it] !== b.row[it]);
    if (name === undefined) return 0;
    return Number(a.row[name] ?? Number.MIN_SAFE_INTEGER) <
      Number(b.row[name] ?? Number.MIN_SAFE_INTEGER)
      ? -1
      : 1;
  });
  return keyed.map(({ row }) => row);
}

function textOf(row: SqlRow, columns: readonly Column[]): string {
  return columns.map(({ name, type }) => valueText(row[name], type)).join(', ');
}

function notFinite({ columns, rows }: TypedRows, engine: string): string[] {
  return columns
    .filter(({ name, type }) => hasFloat(type) && rows.some((row) => hasNoNumber(row[name])))
    .map(({ name }) => `${name} has values in ${engine} that are NaN or infinite`);
}

const shapeOf = (columns: readonly Column[]): string =>
  columns.map(({ name, type }) => `${name} ${printType(type)}`).join(', ');

const shorten = (text: string): string =>
  text.length <= MOST_CHARACTERS ? text : `${text.slice(0, MOST_CHARACTERS - 1)}…`;

function printRow(columns: readonly Column[], row: SqlRow | undefined): string {
  const fields = columns.map(
    ({ name, type }) => `${name} ${shorten(valueText(row?.[name], type))}`,
  );
  return `{${fields.slice(0, 6).join(', ')}${fields.length > 6 ? ', …' : ''}}`;
}
