import type { SqlValue } from '../../sql/analyzer';
import type { Column } from '../../sql/catalog';
import { type Ordinal, ordinals, type Range, ranges } from './value-pools';

/** A row by column name. */
export type SqlRow = Readonly<Record<string, SqlValue>>;

/** Makes columns fit to each other that models take to fit: numbers within a group, ranges. */
export function linkColumns(rows: readonly SqlRow[], columns: readonly Column[]): SqlRow[] {
  const names = new Set(columns.map(({ name }) => name));
  const numbered = ordinals.reduce<readonly SqlRow[]>((all, it) => number(all, it, names), rows);
  return [...ranges.reduce((all, it) => divide(all, it, names), numbered)];
}

/** Text that tells two keys apart. */
export function keyText(row: SqlRow, columns: readonly string[]): string {
  return JSON.stringify(columns.map((name) => String(row[name] ?? null)));
}

/** Numbers the rows of each group from 1, where the table has the columns. */
function number(
  rows: readonly SqlRow[],
  { column, per, by, count, shared = [] }: Ordinal,
  names: ReadonlySet<string>,
): readonly SqlRow[] {
  if (![column, ...per].every((name) => names.has(name))) return rows;
  const agreed = shared.filter((name) => names.has(name));
  return groups(rows, per).flatMap((members) => {
    const [first] = members;
    const same = Object.fromEntries(agreed.map((name) => [name, first?.[name] ?? null]));
    const size = count !== undefined && names.has(count) ? { [count]: BigInt(members.length) } : {};
    return [...members]
      .sort((a, b) => compareText(String(a[by] ?? ''), String(b[by] ?? '')))
      .map((row, index) => ({ ...row, ...same, ...size, [column]: BigInt(index + 1) }));
  });
}

/** Gives the rows of each group ranges that follow one another. */
function divide(
  rows: readonly SqlRow[],
  { from, to, per, upTo, end }: Range,
  names: ReadonlySet<string>,
): readonly SqlRow[] {
  if (![from, to, ...per].every((name) => names.has(name))) return rows;
  return groups(rows, per).flatMap((members) =>
    members.map((row, index) => ({
      ...row,
      [from]: (upTo * index) / members.length,
      [to]: index + 1 < members.length ? (upTo * (index + 1)) / members.length : end,
    })),
  );
}

function groups(rows: readonly SqlRow[], per: readonly string[]): readonly (readonly SqlRow[])[] {
  const found = new Map<string, SqlRow[]>();
  for (const row of rows) {
    const text = keyText(row, per);
    const members = found.get(text);
    if (members) members.push(row);
    else found.set(text, [row]);
  }
  return [...found.values()];
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
