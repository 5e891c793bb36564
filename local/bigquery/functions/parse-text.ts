import { toDuckType } from '../sql/duck-type';
import { UnsupportedError } from '../sql/errors';
import { quoteString } from '../sql/names';
import type { GoogleSqlType, ScalarKind } from '../sql/types';
import { microsInRange } from './range';
import { bindOnce, raise, raiseText } from './sql-text';
import { toTimestamp } from './time-zone';

// DuckDB reads the year 0 too.
const YEAR = '(?:[1-9]\\d{3}|0[1-9]\\d{2}|00[1-9]\\d|000[1-9])';
const DATE = `${YEAR}-\\d{1,2}-\\d{1,2}`;
const TIME = '(?:[01]?\\d|2[0-3]):[0-5]?\\d:[0-5]?\\d(?:\\.\\d{1,6})?';
const OFFSET = '[+-](?:0\\d|1[0-3])(?::[0-5]\\d)?';
const ANY_OFFSET = '(?: UTC)?[+-]\\d{1,2}(?::?[0-5]?\\d)?';
const PLACE = ' [A-Za-z][A-Za-z0-9_+/-]*';

/** How a spelling is read: the SQL of the value, given the text and CAST or TRY_CAST. */
interface Spelling {
  /** Regular expression over the whole text. */
  readonly pattern: string;
  readonly read: (text: string, cast: 'CAST' | 'TRY_CAST') => string;
}

const direct =
  (kind: ScalarKind) =>
  (text: string, cast: string): string =>
    `${cast}(trim(${text}) AS ${toDuckType({ kind })})`;

/**
 * The spellings that GoogleSQL reads, most frequent first; DuckDB's own casts read far more (1.5
 * as INT64, 'yes' as BOOL).
 */
const SPELLINGS: Partial<Record<ScalarKind, readonly Spelling[]>> = {
  INT64: [
    { pattern: '\\s*[+-]?\\d+\\s*', read: direct('INT64') },
    // DuckDB reads hexadecimals without a sign: a tenth of the time.
    { pattern: '0[xX][0-9a-fA-F]{1,15}', read: direct('INT64') },
    {
      pattern: '\\s*[+-]?0[xX][0-9a-fA-F]+\\s*',
      read: (text, cast) => `${cast}(bq_hex_digits(${text}) AS BIGINT)`,
    },
  ],
  FLOAT64: [
    {
      pattern: '(?i)\\s*[+-]?(?:(?:\\d+\\.?\\d*|\\.\\d+)(?:e[+-]?\\d+)?|inf|infinity|nan)\\s*',
      read: direct('FLOAT64'),
    },
    {
      pattern: '(?i)\\s*[+-]?0x(?:[0-9a-f]+\\.?[0-9a-f]*|\\.[0-9a-f]+)(?:p[+-]?\\d+)?\\s*',
      read: (text, cast) => `${cast}(bq_hex_float(${text}) AS DOUBLE)`,
    },
  ],
  NUMERIC: [
    {
      // DuckDB reads short decimals a hundred times as fast as long ones: 15 µs a number.
      pattern: '-?\\d{1,9}(?:\\.\\d{1,9})?',
      read: (text, cast) => `CAST(${cast}(${text} AS DECIMAL(18,9)) AS DECIMAL(38,9))`,
    },
    {
      pattern: '(?i)\\s*[+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:e[+-]?\\d+)?\\s*',
      read: direct('NUMERIC'),
    },
  ],
  BOOL: [{ pattern: '(?i)true|false', read: direct('BOOL') }],
  DATE: [{ pattern: DATE, read: direct('DATE') }],
  TIME: [{ pattern: TIME, read: direct('TIME') }],
  DATETIME: [{ pattern: `${DATE}(?:[ T]${TIME})?`, read: direct('DATETIME') }],
  TIMESTAMP: [
    { pattern: `${DATE}(?:[ T]${TIME}[Zz]?)?`, read: direct('TIMESTAMP') },
    {
      pattern: `${DATE}[ T]${TIME}${OFFSET}`,
      read: (text, cast) => inRange(direct('TIMESTAMP')(text, cast), cast),
    },
    { pattern: `${DATE}[ T]${TIME}${ANY_OFFSET}`, read: readOffset },
    { pattern: `${DATE}[ T]${TIME}${PLACE}`, read: readPlace },
  ],
};

/** An offset may move a TIMESTAMP out of the years 1 to 9999. */
function inRange(timestamp: string, cast: string): string {
  const checked = `make_timestamptz(${microsInRange(`epoch_us(${timestamp})`, 'The TIMESTAMP')})`;
  return cast === 'CAST' ? checked : `TRY(${checked})`;
}

/** Offsets that DuckDB does not read: '+5', '+0530', ' UTC+1'; beyond 14 hours is an error. */
function readOffset(text: string, cast: string): string {
  const parts = `regexp_extract(${text}, '^(.*?)(?: UTC)?([+-])(\\d{1,2}):?(\\d{0,2})$', ['local', 'sign', 'hours', 'minutes'])`;
  const micros = bindOnce([parts], (part) => {
    const minutes = `(CAST(${part}.hours AS BIGINT) * 60 + CAST('0' || ${part}.minutes AS BIGINT))`;
    const local = `epoch_us(${cast}(${part}.local AS TIMESTAMP))`;
    return `CASE WHEN ${minutes} <= 840 THEN ${local} - CASE ${part}.sign WHEN '-' THEN -60000000 ELSE 60000000 END * ${minutes} ELSE ${raise('The offset of a TIMESTAMP is beyond 14 hours', { kind: 'INT64' })} END`;
  });
  const instant = `make_timestamptz(${microsInRange(micros, 'The TIMESTAMP')})`;
  return cast === 'CAST' ? instant : `TRY(${instant})`;
}

function readPlace(text: string, cast: string): string {
  const local = `${cast}(regexp_extract(${text}, '^(.*) [^ ]*$', 1) AS TIMESTAMP)`;
  const zone = `regexp_extract(${text}, '[^ ]*$')`;
  const instant = toTimestamp(local, { sql: zone, constant: undefined });
  return cast === 'CAST' ? instant : `TRY(${instant})`;
}

/**
 * What GoogleSQL reads and DuckDB does not: a small t between date and time, and a 60th second,
 * which is the next minute's first; its fraction counts in a TIMESTAMP alone.
 */
const RARE: Partial<Record<ScalarKind, { readonly pattern: string; readonly second: string }>> = {
  TIME: { pattern: '[\\d:]+:60(?:\\.\\d{1,6})?', second: ':59' },
  DATETIME: {
    pattern: '[\\d-]+(?:t.*|[ T][\\d:]+:60(?:\\.\\d{1,6})?)',
    second: ':59',
  },
  TIMESTAMP: { pattern: '(?:[\\d-]+t.*|[\\d-]+[ T][\\d:]+:60(?:[^\\d].*)?)', second: ':59\\2' },
};

function readRare(
  text: string,
  kind: ScalarKind,
  second: string,
  read: (text: string) => string,
): string {
  const leap = `regexp_matches(${text}, '^[^:]+:[^:]+:60')`;
  const usual = `regexp_replace(regexp_replace(${text}, '^([0-9-]+)t', '\\1T'), '^([^:]+:[^:]+):60(\\.\\d+)?', '\\1${second}')`;
  const value = bindOnce([usual], (given = '') => read(given));
  return bindOnce([value, leap], (v = '', late = '') => {
    if (kind === 'TIME') return `CASE WHEN ${late} THEN ${v} + INTERVAL 1 SECOND ELSE ${v} END`;
    const micros = microsInRange(
      `epoch_us(${v}) + CASE WHEN ${late} THEN 1000000 ELSE 0 END`,
      `The ${kind}`,
    );
    return `${kind === 'DATETIME' ? 'make_timestamp' : 'make_timestamptz'}(${micros})`;
  });
}

/** CAST(text AS kind): an error, or NULL if `safe`, where the text is not of GoogleSQL's form. */
export function parseText(x: string, kind: GoogleSqlType['kind'], safe: boolean): string {
  if (kind === 'BYTES') return `encode(${x})`;
  const spellings = SPELLINGS[kind as ScalarKind];
  if (spellings === undefined) throw new UnsupportedError(`CAST of STRING to ${kind}`);
  const type = { kind: kind as ScalarKind };
  const branches = (text: string): readonly string[] =>
    spellings.map(
      ({ pattern, read }) =>
        `WHEN regexp_full_match(${text}, ${quoteString(pattern)}) THEN ${read(text, safe ? 'TRY_CAST' : 'CAST')}`,
    );
  const otherwise = (text: string): string =>
    safe
      ? ''
      : ` WHEN ${text} IS NOT NULL THEN ${raiseText(`concat('Bad ${kind} value: ', left(${text}, 100))`, type)}`;
  const usual = (text: string): string => `CASE ${branches(text).join(' ')}${otherwise(text)} END`;
  const rare = RARE[kind as ScalarKind];
  if (!rare) return bindOnce([x], (text = '') => usual(text));
  return bindOnce([x], (text = '') => {
    const value = readRare(text, kind as ScalarKind, rare.second, usual);
    const branch = `WHEN regexp_full_match(${text}, ${quoteString(rare.pattern)}) THEN ${safe ? `TRY(${value})` : value}`;
    return `CASE ${branches(text).join(' ')} ${branch}${otherwise(text)} END`;
  });
}
