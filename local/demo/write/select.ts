import type { RawColumn } from '@tributary/functions/shared/raw-tables';
import type { StagedTable } from './stage';

const casts: Readonly<Record<RawColumn['type'], (value: string) => string>> = {
  STRING: (value) => value,
  // The load casts the text to the table's JSON.
  JSON: (value) => value,
  INTEGER: (value) => `CAST(${value} AS BIGINT)`,
  FLOAT: (value) => `CAST(${value} AS DOUBLE)`,
  NUMERIC: (value) => `CAST(${value} AS DECIMAL(38,9))`,
  BOOLEAN: (value) => `${value} <> 0`,
  TIMESTAMP: (value) => `make_timestamptz(CAST(${value} AS BIGINT) * 1000)`,
  DATE: (value) => `DATE '1970-01-01' + CAST(${value} AS INTEGER)`,
  RECORD: () => {
    throw new RangeError('a record has an expression of its own');
  },
};

/**
 * The query that reads a staged table as the table it becomes: every column of `columns`, in
 * their order and types. `records` holds the SQL of the nested ones.
 */
export function selectAs(
  columns: readonly RawColumn[],
  staged: StagedTable,
  records: Readonly<Record<string, string>> = {},
  where = 'TRUE',
): string {
  const list = columns.map(({ name, type }) => {
    const plain = staged.expressions.get(name);
    const value = records[name] ?? (plain === undefined ? 'NULL' : casts[type](plain));
    return `${value} AS "${name}"`;
  });
  return `SELECT ${list.join(',\n  ')}\nFROM ${staged.from}\nWHERE ${where}`;
}
