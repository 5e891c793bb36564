import type { Column } from '../../sql/catalog';
import { tokenizeSql } from '../../sql/script';
import type { SqlRow } from './linked-columns';
import type { TypedRows } from './reference-engine';

/** A table in fewer bytes, and the query that gives its rows again. */
interface PackedTable {
  /** The rows with numbers in the place of strings, and without columns that nobody names. */
  readonly packed: TypedRows;
  /** Reads the table `name`. */
  readonly query: string;
}

/**
 * The reference engine takes messages of at most 4 MiB. A query names few columns and random rows
 * repeat their strings, so a table of 10,000 rows fits without the columns whose name does not
 * occur in `sql`, and with repeated strings as numbers, to be looked up in an array. A model that
 * ends in SELECT * lacks columns then, which its comparison tells.
 */
export function packTable(name: string, { columns, rows }: TypedRows, sql: string): PackedTable {
  // Names within strings too: a row as JSON is asked for them by paths.
  const words = new Set(sql.toLowerCase().match(/\w+/g));
  const isNamed = ({ name }: Column) => !/^\w+$/.test(name) || words.has(name.toLowerCase());
  const named = columns.filter(isNamed);
  const kept = named.length > 0 ? named : columns.slice(0, 1);
  const packings = kept.map((column) => packColumn(column, rows));
  return {
    packed: {
      columns: packings.map(({ column }) => column),
      rows: rows.map((row) =>
        Object.fromEntries(packings.map(({ column, take }) => [column.name, take(row)])),
      ),
    },
    query: `(SELECT ${packings.map(({ field }) => field).join(', ')} FROM \`${name}\`)`,
  };
}

/** Puts the query in the place of the table's name, which stands in backticks. */
export function readPacked(sql: string, name: string, query: string): string {
  return [...tokenizeSql(sql)].map(({ text }) => (text === `\`${name}\`` ? query : text)).join('');
}

interface Packing {
  readonly column: Column;
  readonly take: (row: SqlRow) => SqlRow[string];
  /** Of the query that unpacks. */
  readonly field: string;
}

/** A string in fewer bytes than this gains nothing by a number. */
const NUMBER_BYTES = 3;

function packColumn(column: Column, rows: readonly SqlRow[]): Packing {
  const { name } = column;
  const plain: Packing = {
    column,
    take: (row) => row[name] ?? null,
    field: `\`${name}\``,
  };
  if (column.type.kind !== 'STRING') return plain;
  const codes = new Map<string, bigint>();
  let length = 0;
  for (const { [name]: value } of rows) {
    if (typeof value !== 'string') continue;
    length += value.length;
    if (!codes.has(value)) codes.set(value, BigInt(codes.size));
  }
  // JSON's escapes are GoogleSQL's too.
  const list = `ARRAY<STRING>[${[...codes.keys()].map((it) => JSON.stringify(it)).join(', ')}]`;
  if (list.length + rows.length * NUMBER_BYTES > length) return plain;
  return {
    column: { name, type: { kind: 'INT64' } },
    take: (row) => {
      const value = row[name] ?? null;
      return typeof value === 'string' ? (codes.get(value) ?? null) : null;
    },
    field: `${list}[OFFSET(\`${name}\`)] AS \`${name}\``,
  };
}
