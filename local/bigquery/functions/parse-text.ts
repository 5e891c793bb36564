import { toDuckType } from '../sql/duck-type';
import { UnsupportedError } from '../sql/errors';
import { quoteString } from '../sql/names';
import type { GoogleSqlType, ScalarKind } from '../sql/types';
import { bindOnce, raise } from './sql-text';

const DATE = '\\d{4}-\\d{1,2}-\\d{1,2}';
const TIME = '\\d{1,2}:\\d{1,2}:\\d{1,2}(?:\\.\\d{0,6})?';
const ZONE = '(?:Z|z|[+-]\\d{1,2}(?::\\d{2})?| [A-Za-z_]+(?:/[A-Za-z_]+)*| ?UTC)';

/**
 * The spellings that GoogleSQL reads, as regular expressions over the whole text; DuckDB's own
 * casts read far more (1.5 as INT64, 'yes' as BOOL).
 */
const SPELLINGS: Partial<Record<ScalarKind, string>> = {
  INT64: '\\s*[+-]?\\d+\\s*',
  FLOAT64: '(?i)\\s*[+-]?(?:(?:\\d+\\.?\\d*|\\.\\d+)(?:e[+-]?\\d+)?|inf|infinity|nan)\\s*',
  NUMERIC: '(?i)\\s*[+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:e[+-]?\\d+)?\\s*',
  BOOL: '(?i)true|false',
  DATE,
  TIME,
  DATETIME: `${DATE}(?:[ Tt]${TIME})?`,
  TIMESTAMP: `${DATE}(?:[ Tt]${TIME})?${ZONE}?`,
};

/** CAST(text AS kind): an error, or NULL if `safe`, where the text is not of GoogleSQL's form. */
export function parseText(x: string, kind: GoogleSqlType['kind'], safe: boolean): string {
  if (kind === 'BYTES') return `encode(${x})`;
  const spelling = SPELLINGS[kind as ScalarKind];
  if (spelling === undefined) throw new UnsupportedError(`CAST of STRING to ${kind}`);
  const type = { kind: kind as ScalarKind };
  return bindOnce([x], (v) => {
    const cast = `${safe ? 'TRY_CAST' : 'CAST'}(${kind === 'BOOL' ? v : `trim(${v})`} AS ${toDuckType(type)})`;
    const otherwise = safe
      ? ''
      : ` WHEN ${v} IS NOT NULL THEN ${raise(`Bad text for ${kind}`, type)}`;
    return `CASE WHEN regexp_full_match(${v}, ${quoteString(spelling)}) THEN ${cast}${otherwise} END`;
  });
}
