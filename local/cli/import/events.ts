import { badEventRow } from '@tributary/functions/collection/bad-event';
import type { EventContext } from '@tributary/functions/collection/check-event';
import { checkEvent } from '@tributary/functions/collection/check-event';
import type { Json } from '@tributary/functions/collection/clean-json';
import { cleanJson } from '@tributary/functions/collection/clean-json';
import { UserError } from '@tributary/functions/shared/errors';
import { createNdjsonFile } from '@tributary/functions/warehouse/ndjson';
import type { Row } from '@tributary/functions/warehouse/warehouse';
import type { ImportDeps, ImportResult } from './deps';
import { toRequestEvent } from './event-record';
import { openLedger } from './import-ledger';
import { keepAside } from './kept-aside';
import { Occurrences } from './occurrences';
import type { FileRecord } from './read-records';
import { openRecords } from './read-records';
import { requireColumns } from './record-reader';

interface EventsOptions extends ImportDeps {
  /** NDJSON, CSV or Parquet; one event a record, with the fields that the collector takes. */
  readonly file: string;
  /** Site of records without site_id. */
  readonly siteId?: string;
  /** Key of the hashes of IP addresses and derived ids: give the collector's. */
  readonly hashSecret?: string;
}

interface EventsResult extends ImportResult {
  /** Events without consent to analytics: stored without identifiers, part of no session. */
  readonly anonymousCount: number;
}

/**
 * Loads events from a file into raw.events, through the collector's own checks: what the collector
 * would refuse is kept aside in raw.bad_events with its reason.
 *
 * @throws UserError where the file can't be read, or no record of it is an event
 */
export async function importEvents(options: EventsOptions): Promise<EventsResult> {
  const { file, warehouse, clock } = options;
  const source = await openRecords(file, { isNested: true });
  requireColumns(file, source.columns, ['event_name', 'occurred_at']);
  const context: EventContext = {
    source: 'import',
    receivedAt: clock(),
    hashSecret: options.hashSecret ?? 'import',
  };
  const occurrences = new Occurrences();
  const bad: Row[] = [];
  let anonymousCount = 0;
  const rows = await createNdjsonFile();
  try {
    for await (const record of source.records) {
      const payload = payloadOf(record, options.siteId);
      const checked =
        record.problem === undefined
          ? checkEvent(payload, {
              ...context,
              occurrence: occurrences.next(JSON.stringify(payload)),
            })
          : { ok: false as const, reason: record.problem, path: '' };
      if (checked.ok) {
        await rows.write(checked.row);
        if (checked.isAnonymous) anonymousCount += 1;
      } else {
        const place = `${source.unit} ${record.line}`;
        const path = checked.path === '' ? place : `${place}, ${checked.path}`;
        const { reason } = checked;
        const { receivedAt } = context;
        bad.push(badEventRow({ source: 'import', receivedAt, reason, path, payload, idParts: [] }));
      }
    }
    await rows.close();
    if (rows.rowCount === 0) throw noEventsError(file, bad);

    const imported = { kind: 'events', file, options: [options.siteId ?? null] } as const;
    const ledger = await openLedger(imported, options);
    if (ledger.earlier) return { ...ledger.earlier, anonymousCount };
    await keepAside(bad, `${ledger.importId}_aside`, options);
    await warehouse.loadFile('events', rows.path, { jobId: ledger.importId });
    const result = { rowCount: rows.rowCount, keptAsideCount: bad.length, isRepeated: false };
    await ledger.close(result);
    return { ...result, anonymousCount };
  } finally {
    await rows.remove();
  }
}

function payloadOf(record: FileRecord, siteId: string | undefined): Json {
  if (record.problem !== undefined) return cleanText(record.values);
  return toRequestEvent(record.values, siteId);
}

function cleanText(values: Readonly<Record<string, unknown>>): Json {
  return cleanJson(values.text ?? null);
}

function noEventsError(file: string, bad: readonly Row[]): UserError {
  const [first] = bad;
  if (first === undefined)
    return new UserError(`${file} has no records: there is nothing to import.`);
  return new UserError(
    `${file} holds no event that can be taken: of ${bad.length} records the first (${String(first.path)}) is refused: ${String(first.reason)}.`,
  );
}
