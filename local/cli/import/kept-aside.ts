import { createNdjsonFile } from '@tributary/functions/warehouse/ndjson';
import type { Row } from '@tributary/functions/warehouse/warehouse';
import type { ImportDeps } from './deps';

/** Ids asked for in one query. */
const chunkSize = 5000;

/**
 * Loads refused records into raw.bad_events, except those that an earlier import of a shorter
 * version of the file kept aside already.
 */
export async function keepAside(
  rows: readonly Row[],
  jobId: string,
  deps: ImportDeps,
): Promise<void> {
  if (rows.length === 0) return;
  const known = await knownIds(rows, deps);
  const file = await createNdjsonFile();
  try {
    for (const row of rows) {
      if (!known.has(String(row.bad_event_id))) await file.write(row);
    }
    await file.close();
    if (file.rowCount > 0) await deps.warehouse.loadFile('bad_events', file.path, { jobId });
  } finally {
    await file.remove();
  }
}

async function knownIds(rows: readonly Row[], deps: ImportDeps): Promise<ReadonlySet<string>> {
  const known = new Set<string>();
  for (let start = 0; start < rows.length; start += chunkSize) {
    const ids = rows.slice(start, start + chunkSize).map((row) => String(row.bad_event_id));
    const found = await deps.warehouse.query(
      `SELECT bad_event_id FROM ${deps.rawDataset ?? 'raw'}.bad_events WHERE bad_event_id IN UNNEST(@ids)`,
      { params: { ids } },
    );
    for (const row of found) known.add(String(row.bad_event_id));
  }
  return known;
}
