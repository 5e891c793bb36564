import type { SqlValue } from '@tributary/local/bigquery/sql/analyzer';
import type { Column } from '@tributary/local/bigquery/sql/catalog';
import { parseType } from '@tributary/local/bigquery/sql/types';
import type { Workbench } from '../workbench';
import { createDice, type Dice } from './dice';

const TYPES = {
  id: 'INT64',
  i: 'INT64',
  f: 'FLOAT64',
  s: 'STRING',
  b: 'BOOL',
  d: 'DATE',
  ts: 'TIMESTAMP',
  m: 'NUMERIC',
  tags: 'ARRAY<STRING>',
  nums: 'ARRAY<INT64>',
  params: 'ARRAY<STRUCT<key STRING, value STRUCT<s STRING, i INT64>>>',
  st: 'STRUCT<a INT64, b STRING>',
} as const;

/** Columns that every random table has: all types that differ, GA4's event_params among them. */
export const COLUMNS: readonly Column[] = Object.entries(TYPES).map(([name, type]) => ({
  name,
  type: parseType(type),
}));

export const TABLES = ['t1', 't2', 't3'] as const;

const maybe = (dice: Dice, value: () => SqlValue): SqlValue => (dice.chance(0.2) ? null : value());

/** Small domains, so that joins match, groups collide, and NULL is met everywhere. */
function randomRow(dice: Dice, id: number): Record<string, SqlValue> {
  const integer = () => BigInt(dice.below(7) - 2);
  const word = () => dice.pick(['a', 'b', 'B', '', 'ä', 'ab']);
  const list = (item: () => SqlValue) => Array.from({ length: dice.below(4) }, item);
  return {
    id: BigInt(id),
    i: maybe(dice, integer),
    f: maybe(dice, () => dice.pick([0, -0.5, 1.25, 2, 100, Number.NaN, Number.POSITIVE_INFINITY])),
    s: maybe(dice, word),
    b: maybe(dice, () => dice.chance(0.5)),
    d: maybe(dice, () => dice.pick(['2024-01-31', '2024-02-29', '2023-12-31', '2024-02-01'])),
    ts: maybe(dice, () => dice.pick(['2024-03-31 00:30:00+00', '2024-01-01 23:59:59.5+00'])),
    m: maybe(dice, () => dice.pick(['1.5', '-2.25', '0', '10'])),
    tags: list(word),
    nums: list(integer),
    params: list(() => ({
      key: dice.pick(['p', 'q', 'r']),
      value: { s: maybe(dice, word), i: maybe(dice, integer) },
    })),
    st: maybe(dice, () => ({ a: maybe(dice, integer), b: maybe(dice, word) })),
  };
}

/** Three tables, the last one empty half of the time. */
export async function addRandomTables(bench: Workbench, seed: number): Promise<void> {
  const dice = createDice(seed);
  const sizes = [8, 5, dice.pick([0, 3])];
  for (const [index, table] of TABLES.entries()) {
    const rows = Array.from({ length: sizes[index] as number }, (_, i) => randomRow(dice, i + 1));
    await bench.addTable(table, COLUMNS, rows);
  }
}
