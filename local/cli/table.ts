export type Cell = string | number | null;

/**
 * Numbers stand right, words left; as wide as its content, columns two spaces apart. `missing`
 * stands where a cell is null.
 */
export function formatTable(
  header: readonly string[],
  rows: readonly (readonly Cell[])[],
  missing = '',
): string {
  const cells = [header, ...rows].map((row) => row.map((cell) => `${cell ?? missing}`));
  const widths = header.map((_, i) => Math.max(...cells.map((row) => [...(row[i] ?? '')].length)));
  const isNumeric = header.map((_, i) => isNumberColumn(rows.map((row) => row[i] ?? null)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, i) => pad(cell, widths[i] ?? 0, isNumeric[i] ?? false))
      .join('  ')
      .trimEnd();
  const [head = [], ...body] = cells;
  return [line(head), widths.map((width) => '-'.repeat(width)).join('  '), ...body.map(line)].join(
    '\n',
  );
}

function pad(cell: string, width: number, right: boolean): string {
  const spaces = ' '.repeat(Math.max(0, width - [...cell].length));
  return right ? spaces + cell : cell + spaces;
}

const NUMBER = /^-?[\d,]+(\.\d+)?(%| [KMGTP]?i?B)?$/;

function isNumberColumn(values: readonly Cell[]): boolean {
  const filled = values.filter((value) => value !== null && value !== '');
  return filled.length > 0 && filled.every((value) => NUMBER.test(`${value}`));
}
