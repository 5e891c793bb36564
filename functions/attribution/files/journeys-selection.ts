import type { DuckDBConnection } from '@duckdb/node-api';
import { UserError } from '../../shared/errors';
import { type RowSource, sqlName, sqlString } from './journeys-source';

/** The columns of a journeys file, found by their names. */
export interface JourneyColumnNames {
  readonly conversionId: string;
  readonly sessionId: string;
  readonly time: string;
  readonly channel: string;
  readonly holder: string;
  readonly closer: string;
  readonly request: string | undefined;
  readonly conversion: string | undefined;
}

export interface JourneySelection {
  readonly sql: string;
  /** The file's own names, for errors. */
  readonly names: JourneyColumnNames;
  /** Number columns read besides. */
  readonly numbers: readonly string[];
  /** What channel codes mean. */
  readonly channels: readonly string[];
}

export interface SelectionOptions {
  readonly numbers: readonly string[];
  /** Session ids as they are, or as numbers that tell them apart, which come ten times as fast. */
  readonly sessionIds: 'text' | 'hash';
}

/** Places of the columns in the query's result. */
export const SELECTED = {
  journeyKey: 0,
  sessionId: 1,
  time: 2,
  timeText: 3,
  channel: 4,
  holder: 5,
  closer: 6,
  conversion: 7,
  firstNumber: 8,
} as const;

/** Stands between request and conversion id in a journey's key: the unit separator of ASCII. */
export const KEY_SEPARATOR = '\u001f';

/**
 * The query that reads journeys. Strings cost most on their way out of DuckDB, so it codes
 * channels, reads times of the usual form, and gives a journey's key only where it changes
 * (NULL: as in the row before; '': missing).
 *
 * @throws UserError that names the first missing column and those the file has
 */
export async function selectJourneys(
  connection: DuckDBConnection,
  source: RowSource,
  options: SelectionOptions,
): Promise<JourneySelection> {
  const names: JourneyColumnNames = {
    conversionId: required(source, 'conversion_id'),
    sessionId: required(source, 'session_id'),
    time: required(source, 'timestamp', 'started_at', 'occurred_at'),
    channel: required(source, 'channel_label', 'channel'),
    holder: required(source, 'holder_engagement'),
    closer: required(source, 'closer_engagement'),
    request: optional(source, 'request'),
    conversion: optional(source, 'conversion', 'is_conversion'),
  };
  for (const name of options.numbers) {
    required(source, name);
  }
  const channels = await createChannelType(connection, source, names.channel);
  const time = timeParts(source, names.time);
  const parts = [
    journeyKey(source, names),
    sessionId(source, names.sessionId, options),
    time.value,
    time.rest,
    `enum_code(CAST(${channelText(source, names.channel)} AS channel_label))::DOUBLE`,
    flag(source, names.holder),
    flag(source, names.closer),
    names.conversion === undefined ? '0::DOUBLE' : flag(source, names.conversion),
    ...options.numbers.map((name) => `TRY_CAST(${text(source, name)} AS DOUBLE)`),
  ];
  const sql = `SELECT ${parts.join(', ')} FROM ${source.relation}`;
  return { sql, names, numbers: options.numbers, channels };
}

/** A type of DuckDB that codes the channels, sorted; answers them in the order of their codes. */
async function createChannelType(
  connection: DuckDBConnection,
  source: RowSource,
  column: string,
): Promise<string[]> {
  const label = channelText(source, column);
  const found = await connection.runAndReadAll(
    `SELECT DISTINCT ${label} AS label FROM ${source.relation} WHERE label IS NOT NULL ORDER BY label`,
  );
  const channels = found.getRows().map((row) => String(row[0]));
  const labels = channels.map(sqlString).join(', ');
  await connection.run(`CREATE OR REPLACE TEMP TYPE channel_label AS ENUM (${labels})`);
  return channels;
}

function channelText(source: RowSource, column: string): string {
  const value = text(source, column);
  return `(CASE WHEN trim(${value}) <> '' THEN ${value} END)`;
}

function journeyKey(source: RowSource, names: JourneyColumnNames): string {
  const conversionId = `NULLIF(${text(source, names.conversionId)}, '')`;
  const key =
    names.request === undefined
      ? conversionId
      : `NULLIF(${text(source, names.request)}, '') || chr(${KEY_SEPARATOR.charCodeAt(0)}) || ${conversionId}`;
  // A missing key is '' in each row, so that its row is known.
  return `CASE WHEN (${key}) IS NULL THEN '' WHEN (${key}) IS DISTINCT FROM lag(${key}) OVER () THEN ${key} END`;
}

function sessionId(source: RowSource, column: string, options: SelectionOptions): string {
  const value = text(source, column);
  return options.sessionIds === 'text'
    ? value
    : // 53 bits, all that a DOUBLE holds: two sessions of one journey never meet by chance.
      `CASE WHEN ${value} <> '' THEN (hash(${value}) >> 11)::DOUBLE END`;
}

/** Microseconds where DuckDB reads the time, and the text of the rest, for `parseTimestamp`. */
function timeParts(source: RowSource, column: string): { value: string; rest: string } {
  const type = source.columnTypes.get(column) ?? '';
  if (/^(TIMESTAMP|DATE)/.test(type)) {
    // A time with a zone is an instant: a cast to TIMESTAMP would make it a session's local time.
    const instant = type.endsWith('WITH TIME ZONE')
      ? sqlName(column)
      : `CAST(${sqlName(column)} AS TIMESTAMP)`;
    return { value: `epoch_us(${instant})::DOUBLE`, rest: 'NULL::VARCHAR' };
  }
  const given = text(source, column);
  // 19 characters: YYYY-MM-DD HH:MM:SS, without fraction or offset.
  const value = `CASE WHEN length(${given}) = 19 THEN epoch_us(TRY_CAST(${given} AS TIMESTAMP))::DOUBLE END`;
  return { value, rest: `CASE WHEN (${value}) IS NULL THEN ${given} END` };
}

function optional(source: RowSource, ...names: readonly string[]): string | undefined {
  return names.find((name) => source.columnTypes.has(name));
}

function required(source: RowSource, ...names: readonly string[]): string {
  const found = optional(source, ...names);
  if (found === undefined) {
    const [first, ...others] = names;
    const also = others.length === 0 ? '' : ` (or ${others.join(', ')})`;
    const has = [...source.columnTypes.keys()].join(', ');
    throw new UserError(
      `${source.file} has no column ${first}${also}; add it (the file has: ${has}).`,
    );
  }
  return found;
}

function text(source: RowSource, name: string): string {
  return source.format === 'ndjson'
    ? `json_extract_string(${sqlName(name)}, '$')`
    : `CAST(${sqlName(name)} AS VARCHAR)`;
}

/** 0 or 1 as a number; NULL for anything that is neither. */
function flag(source: RowSource, name: string): string {
  const value = text(source, name);
  return `COALESCE(TRY_CAST(${value} AS DOUBLE), CASE lower(${value}) WHEN 'true' THEN 1 WHEN 'false' THEN 0 END)`;
}
