import type { Warehouse } from '@tributary/functions/warehouse/warehouse';

/** Rows as JSON, sorted, by table: what tables hold, whatever the order of their rows. */
export type Rows = ReadonlyMap<string, readonly string[]>;

/** Reads whole tables and views of dataset `tributary`. */
export async function tableRows(warehouse: Warehouse, tables: readonly string[]): Promise<Rows> {
  const all = new Map<string, string[]>();
  for (const table of tables) {
    const rows = await warehouse.query<{ json: string }>(
      `SELECT TO_JSON_STRING(t) AS json FROM tributary.\`${table}\` AS t`,
    );
    all.set(table, rows.map((row) => row.json).sort());
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
