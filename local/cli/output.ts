import type { Row, Value } from '@tributary/functions/warehouse/warehouse';
import { type Cell, formatTable } from './table';

export type OutputFormat = 'table' | 'csv' | 'json';

/** Rows as a table for people, or as CSV or JSON for programs. */
export function formatRows(rows: readonly Row[], format: OutputFormat): string {
  if (format === 'json') return JSON.stringify(rows, speakable, 2);
  const header = Object.keys(rows[0] ?? {});
  if (format === 'csv') {
    return [header, ...rows.map((row) => header.map((name) => plain(row[name])))]
      .map(csvLine)
      .join('\n');
  }
  if (rows.length === 0) return '(no rows)';
  return formatTable(
    header,
    rows.map((row) => header.map((name) => onOneLine(plain(row[name])))),
    'NULL',
  );
}

/** JSON has no NaN and no infinities, and JSON.stringify would write null: they become texts. */
function speakable(_: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}

function onOneLine(cell: Cell): Cell {
  if (typeof cell !== 'string') return cell;
  return cell.replaceAll('\r', '\\r').replaceAll('\n', '\\n').replaceAll('\t', '\\t');
}

function plain(value: Value | undefined): Cell {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string' || typeof value === 'number') return value;
  return typeof value === 'boolean' ? String(value) : JSON.stringify(value, speakable);
}

/** A line of CSV, without its end. */
export function csvLine(cells: readonly unknown[]): string {
  return cells.map(csvCell).join(',');
}

function csvCell(cell: unknown): string {
  const text = cell === null || cell === undefined ? '' : String(cell);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
