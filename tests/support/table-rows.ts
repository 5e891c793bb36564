import type { Warehouse } from '@tributary/functions/warehouse/warehouse';

/** Rows as JSON, by table, in an order of their content: what tables hold, however they hold it. */
export type Rows = ReadonlyMap<string, readonly string[]>;

/** Reads whole tables and views of dataset `tributary`. */
export async function tableRows(warehouse: Warehouse, tables: readonly string[]): Promise<Rows> {
  const all = new Map<string, string[]>();
  for (const table of tables) {
    // A few long texts, which the client reads in a fraction of the time that the rows would take.
    const texts = await warehouse.query<{ lines: string }>(
      `SELECT FARM_FINGERPRINT(json) & 15 AS part, STRING_AGG(json, '\\n' ORDER BY json) AS lines
       FROM (SELECT TO_JSON_STRING(t) AS json FROM tributary.\`${table}\` AS t)
       GROUP BY part ORDER BY part`,
    );
    all.set(
      table,
      texts.flatMap(({ lines }) => lines.split('\n')),
    );
  }
  return all;
}

/** Names each table that differs, with the first rows that stand on one side only. */
export function describeDifference(before: Rows, after: Rows, limit = 3): string {
  const lines: string[] = [];
  for (const [table, rows] of before) {
    const now = after.get(table) ?? [];
    if (rows.length === now.length && rows.every((row, index) => row === now[index])) continue;
    const gone = subtract(rows, now);
    const added = subtract(now, rows);
    lines.push(`${table}: ${gone.length} rows are gone, ${added.length} are new`);
    lines.push(...gone.slice(0, limit).map((row) => `  - ${row}`));
    lines.push(...added.slice(0, limit).map((row) => `  + ${row}`));
  }
  return lines.join('\n');
}

/** The rows of one list that the other lacks; repeated rows count as often as they stand there. */
function subtract(rows: readonly string[], others: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const row of others) left.set(row, (left.get(row) ?? 0) + 1);
  return rows.filter((row) => {
    const count = left.get(row) ?? 0;
    left.set(row, count - 1);
    return count <= 0;
  });
}
