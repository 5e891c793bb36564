import type { SqlValue } from '@tributary/local/bigquery/sql/analyzer';
import type { Column } from '@tributary/local/bigquery/sql/catalog';
import { parseType } from '@tributary/local/bigquery/sql/types';
import type { Workbench } from './workbench';

const columns = (types: Readonly<Record<string, string>>): Column[] =>
  Object.entries(types).map(([name, type]) => ({ name, type: parseType(type) }));

/** Rows with everything that engines disagree about: NULL, NaN, infinities, ties, empty arrays. */
export async function addSemanticTables(bench: Workbench): Promise<void> {
  await bench.addTable(
    'n',
    columns({
      id: 'INT64',
      x: 'FLOAT64',
      k: 'STRING',
      v: 'INT64',
      d: 'DATE',
      b: 'BOOL',
      m: 'NUMERIC',
    }),
    [
      { id: 1n, x: 1.5, k: 'a', v: 10n, d: '2024-01-31', b: true, m: '1.5' },
      { id: 2n, x: Number.NaN, k: 'a', v: null, d: '2024-02-29', b: false, m: '-2.25' },
      { id: 3n, x: null, k: 'b', v: 30n, d: null, b: null, m: null },
      {
        id: 4n,
        x: Number.POSITIVE_INFINITY,
        k: null,
        v: 40n,
        d: '2023-12-31',
        b: true,
        m: '0.000000001',
      },
      { id: 5n, x: Number.NEGATIVE_INFINITY, k: 'B', v: 40n, d: '2024-01-31', b: null, m: '99' },
      { id: 6n, x: 0, k: 'ä', v: -7n, d: '1999-12-31', b: false, m: '0' },
      { id: 7n, x: -0, k: '', v: 0n, d: '2024-01-31', b: true, m: '1.5' },
    ],
  );
  await bench.addTable(
    'l',
    columns({
      id: 'INT64',
      tags: 'ARRAY<STRING>',
      nums: 'ARRAY<INT64>',
      items: 'ARRAY<STRUCT<sku STRING, price FLOAT64, qty INT64>>',
      s: 'STRUCT<a INT64, b STRUCT<c STRING>>',
    }),
    [
      {
        id: 1n,
        tags: ['x', 'y', 'x'],
        nums: [3n, 1n, 2n],
        items: [
          { sku: 'p', price: 2.5, qty: 2n },
          { sku: 'q', price: 1, qty: null },
        ],
        s: { a: 1n, b: { c: 'one' } },
      },
      { id: 2n, tags: [], nums: [], items: [], s: { a: null, b: null } },
      { id: 3n, tags: ['z'], nums: [5n], items: [{ sku: 'p', price: null, qty: 1n }], s: null },
    ],
  );
  await bench.addTable(
    'odd',
    columns({ c2: 'INT64', c1: 'INT64', c4: 'STRING', clause: 'INT64' }),
    [
      { c2: 1n, c1: 30n, c4: 'b', clause: 7n },
      { c2: 2n, c1: 20n, c4: 'a', clause: 8n },
      { c2: 3n, c1: 10n, c4: null, clause: 9n },
    ],
  );
  await bench.addTable('e', columns({ id: 'INT64', k: 'STRING' }), []);
}

/** Values as text in which NaN, -0 and NULL arrays compare: BigQuery answers a NULL array as []. */
export function show(value: SqlValue | undefined): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'NULL';
  if (value instanceof Uint8Array) return `b'${Buffer.from(value).toString('hex')}'`;
  if (Array.isArray(value)) return `[${value.map(show).join(', ')}]`;
  if (typeof value === 'object') {
    return `{${Object.entries(value)
      .map(([name, item]) => `${name}: ${show(item)}`)
      .join(', ')}}`;
  }
  if (typeof value === 'number')
    return Number.isFinite(value) ? String(Number(value.toPrecision(13))) : String(value);
  return JSON.stringify(typeof value === 'bigint' ? Number(value) : value);
}
