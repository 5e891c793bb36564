import { UserError } from '../../shared/errors';
import { type RowSource, sqlName } from './journeys-source';

/** The columns of a journeys file, found by their names, and the query that reads them. */
export interface JourneySelection {
  readonly sql: string;
  /** The file's own names, for errors. */
  readonly names: {
    readonly conversionId: string;
    readonly sessionId: string;
    readonly time: string;
    readonly channel: string;
    readonly holder: string;
    readonly closer: string;
    readonly request: string | undefined;
    readonly conversion: string | undefined;
  };
  /** Microseconds where the file holds a timestamp type, text otherwise. */
  readonly isTimeText: boolean;
  readonly numbers: readonly string[];
}

/** @throws UserError that names the first missing column and those the file has */
export function journeySelection(source: RowSource, numbers: readonly string[]): JourneySelection {
  const names = {
    conversionId: required(source, 'conversion_id'),
    sessionId: required(source, 'session_id'),
    time: required(source, 'timestamp', 'started_at', 'occurred_at'),
    channel: required(source, 'channel_label', 'channel'),
    holder: required(source, 'holder_engagement'),
    closer: required(source, 'closer_engagement'),
    request: optional(source, 'request'),
    conversion: optional(source, 'conversion', 'is_conversion'),
  };
  for (const name of numbers) {
    required(source, name);
  }
  const isTimeText = !/^(TIMESTAMP|DATE)/.test(source.columnTypes.get(names.time) ?? '');
  const parts = [
    text(source, names.conversionId),
    text(source, names.sessionId),
    isTimeText
      ? text(source, names.time)
      : `epoch_us(CAST(${sqlName(names.time)} AS TIMESTAMP))::DOUBLE`,
    text(source, names.channel),
    flag(source, names.holder),
    flag(source, names.closer),
    names.request === undefined ? "''" : text(source, names.request),
    names.conversion === undefined ? '0' : flag(source, names.conversion),
    ...numbers.map((name) => `TRY_CAST(${text(source, name)} AS DOUBLE)`),
  ];
  return {
    sql: `SELECT ${parts.join(', ')} FROM ${source.relation}`,
    names,
    isTimeText,
    numbers,
  };
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
