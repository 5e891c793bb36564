import { type CleaningReport, emptyCleaningReport, type MutableCleaningReport } from './cleaning';
import { type JourneyColumns, type Journeys, MICROSECONDS_PER_HOUR } from './journeys';

export interface BuildOptions {
  /** Sessions that began more than so many days before the conversion are dropped; none if absent. */
  readonly lookbackDays?: number;
}

export interface BuiltJourneys {
  readonly journeys: Journeys;
  readonly cleaning: CleaningReport;
}

/**
 * Sorts rows into journeys, in order of each journey's first row, and drops what does not belong:
 * rows without time or channel, sessions after the converting one, repeated rows of a session and,
 * where asked, sessions before the look-back. The converting session is the last one marked as such,
 * or the journey's last: of all its rows, since a mark stays one where it stands on a repeated row.
 * A journey of which nothing remains disappears.
 */
export function buildJourneys(columns: JourneyColumns, options: BuildOptions = {}): BuiltJourneys {
  const report = emptyCleaningReport();
  const { rows, offsets } = groupRows(columns, report);
  const kept = new Uint32Array(rows.length);
  const keptOffsets = [0];
  let size = 0;
  for (let journey = 0; journey + 1 < offsets.length; journey += 1) {
    const members = rows.subarray(offsets[journey], offsets[journey + 1]);
    sortByTime(members, columns.time);
    const end = conversionTime(members, columns);
    const unique = uniqueSessions(members, columns, report);
    const before = size;
    size = keepUntil(end, unique, columns, options, report, kept, size);
    if (size > before) {
      keptOffsets.push(size);
    }
  }
  return {
    journeys: gather(columns, kept.subarray(0, size), Uint32Array.from(keptOffsets)),
    cleaning: report,
  };
}

/** Stable counting sort of the usable rows by journey. */
function groupRows(columns: JourneyColumns, report: MutableCleaningReport) {
  const offsets = new Uint32Array(columns.journeyIds.length + 1);
  const isUsable = new Uint8Array(columns.rowCount);
  for (let row = 0; row < columns.rowCount; row += 1) {
    if (Number.isNaN(columns.time[row])) {
      report.missingTime.push(row);
    } else if ((columns.channel[row] as number) < 0) {
      report.missingChannel.push(row);
    } else {
      isUsable[row] = 1;
      (offsets[(columns.journey[row] as number) + 1] as number) += 1;
    }
  }
  for (let journey = 1; journey < offsets.length; journey += 1) {
    (offsets[journey] as number) += offsets[journey - 1] as number;
  }
  const next = offsets.slice();
  const rows = new Uint32Array(offsets[offsets.length - 1] as number);
  for (let row = 0; row < columns.rowCount; row += 1) {
    if (isUsable[row]) {
      const journey = columns.journey[row] as number;
      rows[next[journey] as number] = row;
      (next[journey] as number) += 1;
    }
  }
  return { rows, offsets };
}

/** Rows arrive in input order, so comparing the rows of a tie keeps that order. */
function sortByTime(rows: Uint32Array, time: Float64Array): void {
  for (let index = 1; index < rows.length; index += 1) {
    if ((time[rows[index] as number] as number) < (time[rows[index - 1] as number] as number)) {
      rows.sort((a, b) => (time[a] as number) - (time[b] as number) || a - b);
      return;
    }
  }
}

function uniqueSessions(
  rows: Uint32Array,
  columns: JourneyColumns,
  report: MutableCleaningReport,
): Uint32Array {
  if (rows.length < 2) {
    return rows;
  }
  const seen = new Set<string | number>();
  return rows.filter((row) => {
    const sessionId = columns.sessionIds[row] as string | number;
    if (seen.has(sessionId)) {
      report.duplicate.push(row);
      return false;
    }
    seen.add(sessionId);
    return true;
  });
}

/** Appends the rows that stay to `kept` at `size`; answers the new size. */
function keepUntil(
  end: number,
  rows: Uint32Array,
  columns: JourneyColumns,
  options: BuildOptions,
  report: MutableCleaningReport,
  kept: Uint32Array,
  size: number,
): number {
  const start =
    options.lookbackDays === undefined
      ? Number.NEGATIVE_INFINITY
      : end - options.lookbackDays * 24 * MICROSECONDS_PER_HOUR;
  let next = size;
  for (const row of rows) {
    const time = columns.time[row] as number;
    if (time > end) {
      report.afterConversion.push(row);
    } else if (time < start) {
      report.beforeLookback.push(row);
    } else {
      kept[next] = row;
      next += 1;
    }
  }
  return next;
}

function conversionTime(rows: Uint32Array, columns: JourneyColumns): number {
  for (let index = rows.length - 1; columns.conversion && index >= 0; index -= 1) {
    if (columns.conversion[rows[index] as number]) {
      return columns.time[rows[index] as number] as number;
    }
  }
  return columns.time[rows[rows.length - 1] as number] as number;
}

function gather(columns: JourneyColumns, rows: Uint32Array, offsets: Uint32Array): Journeys {
  const time = new Float64Array(rows.length);
  const channel = new Int32Array(rows.length);
  const holder = new Uint8Array(rows.length);
  const closer = new Uint8Array(rows.length);
  for (let index = 0; index < rows.length; index += 1) {
    const row = rows[index] as number;
    time[index] = columns.time[row] as number;
    channel[index] = columns.channel[row] as number;
    holder[index] = columns.holder[row] as number;
    closer[index] = columns.closer[row] as number;
  }
  return {
    journeyCount: offsets.length - 1,
    sessionCount: rows.length,
    offsets,
    time,
    channel,
    channels: columns.channels,
    holder,
    closer,
    row: rows,
  };
}
