import type { Partitioning, TableEntry } from '../catalog';
import { quoteIdentifier } from '../names';

/**
 * DuckDB SQL of the first and the last value that a row's partition can hold, NULL for the
 * partition of NULLs.
 */
export function partitionBounds(
  entry: TableEntry,
  { column, granularity }: Partitioning,
): { readonly low: string; readonly high: string } {
  const name = quoteIdentifier(column);
  const isDate = typeOf(entry, column) === 'DATE';
  if (isDate && granularity === 'DAY') return { low: name, high: name };
  const start = `date_trunc('${granularity.toLowerCase()}', ${name})`;
  const end = `${start} + INTERVAL 1 ${granularity} - INTERVAL 1 ${isDate ? 'DAY' : 'MICROSECOND'}`;
  return isDate
    ? { low: `CAST(${start} AS DATE)`, high: `CAST(${end} AS DATE)` }
    : { low: start, high: `(${end})` };
}

function typeOf(entry: TableEntry, name: string): string | undefined {
  return entry.columns.find((column) => column.name.toLowerCase() === name.toLowerCase())?.type
    .kind;
}
