import type { RowDifference } from './compare-rows';

interface PrintOptions {
  /** Characters a line. */
  readonly width: number;
  /** Differences that are printed; of the others, how many there are. */
  readonly limit: number;
}

const GAP = '  ';
/** Keys and names of columns leave the rest of the line to the values. */
const LONGEST_KEY = 26;
const LONGEST_COLUMN = 24;

type Cells = readonly [key: string, column: string, expected: string, actual: string];

/** A table of differences: key, column, expected, actual. Long values are cut where they agree. */
export function printDifferences(
  keyColumns: readonly string[],
  differences: readonly RowDifference[],
  { width, limit }: PrintOptions,
): string[] {
  const header: Cells = [keyColumns.join(', '), 'column', 'expected', 'actual'];
  const shown = differences.slice(0, limit).map(toCells);
  const widths = fitWidths([header, ...shown], width);
  const lines = [
    line(header, widths),
    widths.map((size) => '-'.repeat(size)).join(GAP),
    ...shown.map((cells) => line(cells, widths)),
  ];
  const rest = differences.length - shown.length;
  return rest > 0 ? [...lines, `and ${rest} more`] : lines;
}

function toCells(difference: RowDifference): Cells {
  const key = difference.key.join(', ');
  if (difference.kind === 'value') {
    return [key, difference.column, difference.expected, difference.actual];
  }
  const row = difference.row || 'this row';
  return difference.kind === 'missing'
    ? [key, '(row)', row, 'missing']
    : [key, '(row)', 'no row', row];
}

function fitWidths(rows: readonly Cells[], width: number): number[] {
  const natural = [0, 1, 2, 3].map((i) => Math.max(...rows.map((row) => length(row[i] ?? ''))));
  const key = Math.min(natural[0] ?? 0, LONGEST_KEY);
  const column = Math.min(natural[1] ?? 0, LONGEST_COLUMN);
  const [expected = 0, actual = 0] = natural.slice(2);
  const room = width - key - column - 3 * GAP.length;
  if (expected + actual <= room) return [key, column, expected, actual];
  const half = Math.floor(room / 2);
  if (expected <= half) return [key, column, expected, room - expected];
  if (actual <= half) return [key, column, room - actual, actual];
  return [key, column, half, room - half];
}

function line(cells: Cells, widths: readonly number[]): string {
  const [key, column, expected, actual] = cells;
  const [keyWidth = 0, columnWidth = 0, expectedWidth = 0, actualWidth = 0] = widths;
  const agreeing = agreement(expected, actual);
  return [
    cut(key, keyWidth, 0).padEnd(keyWidth),
    cut(column, columnWidth, 0).padEnd(columnWidth),
    cut(expected, expectedWidth, agreeing).padEnd(expectedWidth),
    cut(actual, actualWidth, agreeing),
  ]
    .join(GAP)
    .trimEnd();
}

/** How many characters two values begin with alike. */
function agreement(left: string, right: string): number {
  const [a, b] = [[...left], [...right]];
  const index = a.findIndex((character, i) => character !== b[i]);
  return index < 0 ? a.length : index;
}

/** As much of a text as fits, from a little before the character where it matters. */
function cut(text: string, width: number, matters: number): string {
  const characters = [...text.replace(/\s*\n\s*/g, ' ')];
  if (characters.length <= width) return characters.join('');
  const begin = matters < width - 2 ? 0 : Math.min(matters - 4, characters.length - width + 1);
  const body = characters.slice(begin, begin + width - (begin > 0 ? 1 : 0));
  const isCut = begin + body.length < characters.length;
  if (isCut) body[body.length - 1] = '…';
  return (begin > 0 ? '…' : '') + body.join('');
}

function length(text: string): number {
  return [...text].length;
}
