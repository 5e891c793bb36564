import type { Column, TablePath } from '../sql/catalog';
import { duckTable, quoteIdentifier } from '../sql/names';
import { hasStorage } from '../storage/entries';
import type { Session } from '../storage/storage';
import { countRows } from '../storage/table-size';
import { MANY_ROWS } from './spooled-tables';

/** DuckDB's estimate of different values looks at some of them only: of ids it finds 50 to 80%. */
const SHARE_OF_IDS = 0.5;

/**
 * Names of a new table's text columns that are ids: in a table of many rows that it is made from, a
 * column of the name has hardly a text twice. DuckDB would look for a dictionary of them, which
 * takes four times as long as to write them, and half as long again to read, for half of the space.
 */
export async function unlikeTexts(
  session: Session,
  columns: readonly Column[],
  sources: readonly TablePath[],
): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  const texts = textNames(columns);
  for (const path of sources) {
    const entry = session.catalog.find(path);
    if (!entry || !hasStorage(entry)) continue;
    const names = textNames(entry.columns).filter((name) => texts.includes(name));
    if (names.length === 0) continue;
    const rowCount = await countRows(session, entry);
    if (rowCount < MANY_ROWS) continue;
    const stats = names.map((name) => `stats(${quoteIdentifier(name)})`);
    const reader = await session.connection.runAndReadAll(
      `SELECT ${stats.join(', ')} FROM ${duckTable(path)} LIMIT 1`,
    );
    for (const [i, value] of (reader.getRows()[0] ?? []).entries()) {
      const different = Number(/\[Approx Unique: (\d+)\]/.exec(String(value))?.[1] ?? 0);
      if (different > rowCount * SHARE_OF_IDS) found.add(names[i] ?? '');
    }
  }
  return found;
}

const textNames = (columns: readonly Column[]): string[] =>
  columns.filter(({ type }) => type.kind === 'STRING').map(({ name }) => name);
