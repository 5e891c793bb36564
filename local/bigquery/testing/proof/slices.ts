import type { SqlRow } from './linked-columns';
import type { TypedRows } from './reference-engine';
import { valueText } from './value-text';

/**
 * A table's rows in `count` pieces; rows that have equal values in the columns `together` (NULL
 * equals NULL) are in one. Another `round` parts what the one before left together.
 */
export function slices(
  { columns, rows }: TypedRows,
  together: readonly string[] | undefined,
  count: number,
  round: number,
): readonly TypedRows[] {
  const pieces: SqlRow[][] = Array.from({ length: count }, () => []);
  const keys = columns.filter(({ name }) => together?.includes(name));
  rows.forEach((row, index) => {
    const key = keys.map(({ name, type }) => valueText(row[name] ?? null, type)).join('\n');
    const place = together ? Math.floor(hash(key) / count ** round) : index;
    pieces[place % count]?.push(row);
  });
  return pieces.filter((piece) => piece.length > 0).map((piece) => ({ columns, rows: piece }));
}

/** FNV-1a of 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193) >>> 0;
  }
  return value;
}
