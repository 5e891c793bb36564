import type { TablePath } from '../sql/catalog';
import { printPath } from '../sql/names';

/** How long an insertId is known: BigQuery promises about a minute. */
const REMEMBERED_MS = 10 * 60 * 1000;
/** Ids kept at most, so that a stream of rows cannot fill the memory. */
const IDS_KEPT = 1_000_000;

/**
 * The insertIds of rows that were stored lately, by table, so that a row that is sent again is
 * stored once. Kept in memory alone, as a best effort, which is what BigQuery promises.
 */
export class InsertIds {
  /** When each id was stored, in milliseconds since 1970; the oldest first. */
  private readonly stored = new Map<string, number>();

  constructor(private readonly clock: () => number) {}

  has(path: TablePath, insertId: string): boolean {
    const at = this.stored.get(key(path, insertId));
    return at !== undefined && this.clock() - at < REMEMBERED_MS;
  }

  /** To be called when the rows are committed. */
  remember(path: TablePath, insertIds: readonly string[]): void {
    const now = this.clock();
    for (const insertId of insertIds) {
      this.stored.delete(key(path, insertId));
      this.stored.set(key(path, insertId), now);
    }
    for (const [oldest, at] of this.stored) {
      if (this.stored.size <= IDS_KEPT && now - at < REMEMBERED_MS) return;
      this.stored.delete(oldest);
    }
  }
}

function key(path: TablePath, insertId: string): string {
  return `${printPath(path)} ${insertId}`;
}
