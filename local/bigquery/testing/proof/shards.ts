import { Random, streams } from '../../../demo/random/random';
import type { Column, TablePath } from '../../sql/catalog';
import { TABLE_SUFFIX } from '../../sql/wildcard';
import type { ProofEngines } from './engines';
import type { SqlRow } from './linked-columns';
import { Population } from './population';
import type { RandomOptions } from './random-rows';
import type { TypedRows } from './reference-engine';

/** Rows by the suffix of the table that holds them. */
type Shards = ReadonlyMap<string, readonly SqlRow[]>;

/** Days that each kind of table has one for. */
const DAYS = 3;

/**
 * Puts the rows of a wildcard table into tables of a day, as exports write them: the last days of
 * the data, each prefix one day later than the one before it. So some days have several tables and
 * some have one, and equal rows may lie in two of them.
 *
 * @param prefixes what stands before the day: ['', 'intraday_']
 */
export function randomShards(
  rows: readonly SqlRow[],
  prefixes: readonly string[],
  { seed, rows: wanted }: RandomOptions,
): Shards {
  const random = new Random(seed, streams.proof, rows.length);
  const days = new Population(seed, wanted).allDays.map((day) => day.replaceAll('-', ''));
  const shards = new Map<string, SqlRow[]>(
    prefixes.flatMap((prefix, index) => {
      const end = Math.min(days.length, days.length - prefixes.length + index + 1);
      return days.slice(end - DAYS, end).map((day) => [`${prefix}${day}`, []] as const);
    }),
  );
  const suffixes = [...shards.keys()];
  for (const row of rows) shards.get(random.pick(suffixes))?.push(row);
  return shards;
}

/** Makes the tables; answers all their rows, with the suffix of each, for the reference engine. */
export async function storeShards(
  engines: ProofEngines,
  path: TablePath,
  columns: readonly Column[],
  shards: Shards,
): Promise<TypedRows> {
  const rows: SqlRow[] = [];
  for (const [suffix, own] of shards) {
    const table = path.table.replace(/\*$/, suffix);
    const stored = await engines.store({ ...path, table }, columns, own);
    rows.push(...stored.rows.map((row) => ({ ...row, [TABLE_SUFFIX]: suffix })));
  }
  return { columns: [...columns, { name: TABLE_SUFFIX, type: { kind: 'STRING' } }], rows };
}
