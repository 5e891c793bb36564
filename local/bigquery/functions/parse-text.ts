import { toDuckType } from '../sql/duck-type';
import { UnsupportedError } from '../sql/errors';
import { quoteString } from '../sql/names';
import type { GoogleSqlType, ScalarKind } from '../sql/types';
import { microsInRange } from './range';
import { bindOnce, raiseText } from './sql-text';
import { toTimestamp } from './time-zone';

// DuckDB reads the year 0 too.
const YEAR = '(?:[1-9]\\d{3}|0[1-9]\\d{2}|00[1-9]\\d|000[1-9])';
const DATE = `${YEAR}-\\d{1,2}-\\d{1,2}`;
const TIME = '(?:[01]?\\d|2[0-3]):[0-5]?\\d:[0-5]?\\d(?:\\.\\d{0,6})?';
const OFFSET = '[+-](?:0\\d|1[0-4])(?::[0-5]\\d)?';
const SHORT_OFFSET = '[+-]\\d(?::[0-5]\\d)?';
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
  DATETIME: [{ pattern: `${DATE}(?:[ Tt]${TIME})?`, read: direct('DATETIME') }],
  TIMESTAMP: [
    { pattern: `${DATE}(?:[ Tt]${TIME}[Zz]?)?`, read: direct('TIMESTAMP') },
    {
      pattern: `${DATE}[ Tt]${TIME}${OFFSET}`,
      read: (text, cast) => inRange(direct('TIMESTAMP')(text, cast), cast),
    },
    {
      // DuckDB wants two digits for the hours of an offset.
      pattern: `${DATE}[ Tt]${TIME}${SHORT_OFFSET}`,
      read: (text, cast) =>
        inRange(
          `${cast}(regexp_replace(${text}, '([+-])(\\d(?::\\d\\d)?)$', '\\10\\2') AS TIMESTAMPTZ)`,
          cast,
        ),
    },
    { pattern: `${DATE}[ Tt]${TIME}${PLACE}`, read: readPlace },
  ],
};

/** An offset may move a TIMESTAMP out of the years 1 to 9999. */
function inRange(timestamp: string, cast: string): string {
  const checked = `make_timestamptz(${microsInRange(`epoch_us(${timestamp})`, 'The TIMESTAMP')})`;
  return cast === 'CAST' ? checked : `TRY(${checked})`;
}

function readPlace(text: string, cast: string): string {
  const local = `${cast}(regexp_extract(${text}, '^(.*) [^ ]*$', 1) AS TIMESTAMP)`;
  const zone = `regexp_extract(${text}, '[^ ]*$')`;
  const instant = toTimestamp(local, { sql: zone, constant: undefined });
  return cast === 'CAST' ? instant : `TRY(${instant})`;
}

/** CAST(text AS kind): an error, or NULL if `safe`, where the text is not of GoogleSQL's form. */
export function parseText(x: string, kind: GoogleSqlType['kind'], safe: boolean): string {
  if (kind === 'BYTES') return `encode(${x})`;
  const spellings = SPELLINGS[kind as ScalarKind];
  if (spellings === undefined) throw new UnsupportedError(`CAST of STRING to ${kind}`);
  const type = { kind: kind as ScalarKind };
  return bindOnce([x], (text = '') => {
    const branches = spellings.map(
      ({ pattern, read }) =>
        `WHEN regexp_full_match(${text}, ${quoteString(pattern)}) THEN ${read(text, safe ? 'TRY_CAST' : 'CAST')}`,
    );
    const otherwise = safe
      ? ''
      : ` WHEN ${text} IS NOT NULL THEN ${raiseText(`concat('Bad ${kind} value: ', left(${text}, 100))`, type)}`;
    return `CASE ${branches.join(' ')}${otherwise} END`;
  });
}
