import { badEventRow } from '@tributary/functions/collection/bad-event';
import { checkTime } from '@tributary/functions/collection/check-event';
import { UserError } from '@tributary/functions/shared/errors';
import { createNdjsonFile } from '@tributary/functions/warehouse/ndjson';
import type { Row } from '@tributary/functions/warehouse/warehouse';
import type { LogContext } from './access-log-event';
import { accessLogEvent } from './access-log-event';
import { parseAccessLogLine } from './access-log-line';
import type { ImportDeps, ImportResult } from './deps';
import { openLedger } from './import-ledger';
import { keepAside } from './kept-aside';
import { findHost } from './log-host';
import { Occurrences } from './occurrences';
import { assertReadable, readLines } from './read-file';

interface AccessLogOptions extends ImportDeps {
  /** Access log in the combined format; .gz is unpacked. */
  readonly file: string;
  readonly siteId: string;
  /** Host of the site's addresses; found in the log unless told. */
  readonly host?: string;
  /** Key of the hashes of IP addresses: give the collector's, so that both agree. */
  readonly hashSecret?: string;
}

interface AccessLogResult extends ImportResult {
  /** Lines of the file: rowCount + keptAsideCount, empty lines left out. */
  readonly lineCount: number;
  readonly host: string;
}

/**
 * Loads an access log into raw.events: each line becomes an event, or a row of raw.bad_events with
 * its reason. Memory stays bounded, whatever the size of the log.
 *
 * @throws UserError where the file can't be read, or no line of it is in the combined format
 */
export async function importAccessLog(options: AccessLogOptions): Promise<AccessLogResult> {
  const { file, siteId, warehouse, clock } = options;
  checkSite(siteId);
  await assertReadable(file);
  const host = options.host ?? (await findHost(file, siteId));
  const hashSecret = options.hashSecret ?? siteId;
  const context: LogContext = { siteId, host, receivedAt: clock(), hashSecret };

  const rows = await createNdjsonFile();
  try {
    const bad = await readEvents(file, context, (row) => rows.write(row));
    await rows.close();
    const lineCount = rows.rowCount + bad.length;
    if (rows.rowCount === 0) throw noLogError(file, bad);

    const imported = { kind: 'access_log', file, options: [siteId, host] } as const;
    const ledger = await openLedger(imported, options);
    if (ledger.earlier) return { ...ledger.earlier, lineCount, host };
    // Kept-aside lines first: if the second load fails, trying again repeats neither.
    await keepAside(bad, `${ledger.importId}_aside`, options);
    await warehouse.loadFile('events', rows.path, { jobId: ledger.importId });
    const result = { rowCount: rows.rowCount, keptAsideCount: bad.length, isRepeated: false };
    await ledger.close(result);
    return { ...result, lineCount, host };
  } finally {
    await rows.remove();
  }
}

/** Hands each event on, and answers the rows of the lines that are none. */
async function readEvents(
  file: string,
  context: LogContext,
  write: (row: Row) => Promise<void>,
): Promise<Row[]> {
  const occurrences = new Occurrences();
  const bad: Row[] = [];
  let number = 0;
  for await (const text of readLines(file)) {
    number += 1;
    if (text === '') continue;
    const parsed = parseAccessLogLine(text);
    const reason = parsed.ok
      ? checkTime(parsed.value.occurredAt, context.receivedAt)
      : parsed.reason;
    if (parsed.ok && reason === undefined) {
      await write(accessLogEvent(text, parsed.value, occurrences.next(text), context));
    } else {
      bad.push(badLine(text, number, reason ?? 'not in the combined log format', context));
    }
  }
  return bad;
}

function badLine(text: string, number: number, reason: string, context: LogContext): Row {
  return badEventRow({
    source: 'access_log',
    receivedAt: context.receivedAt,
    siteId: context.siteId,
    reason,
    path: `line ${number}`,
    // The address of the visitor is no part of the diagnosis.
    payload: text.replace(/^\S+/, '[redacted]'),
    idParts: [],
  });
}

function checkSite(siteId: string): void {
  if (/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(siteId)) return;
  throw new UserError(
    `The site id "${siteId}" can't be used: write letters, digits, ".", "_" and "-", such as shop.`,
  );
}

function noLogError(file: string, bad: readonly Row[]): UserError {
  const [first] = bad;
  if (first === undefined)
    return new UserError(`${file} has no lines: there is nothing to import.`);
  return new UserError(
    `${file} is no access log: none of its ${bad.length} lines can be read (${String(first.path)}: ${String(first.reason)}); give a log in the combined format.`,
  );
}
