import { quoteString } from '../sql/names';
import { duckPath } from './json-path';
import type { JsonStep } from './json-scan';
import { bindOnce } from './sql-text';

/** First letters of what may be no string as well: { [ - and digits. */
const AMBIGUOUS = [123, 91, 45, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57].join(', ');

/** What DuckDB takes for numbers and GoogleSQL for errors. */
const NO_NUMBERS = "'nan', 'inf', 'infinity'";

/**
 * JSON_VALUE of JSON text. DuckDB parses it once (0.35 µs a row; asking for its validity and type
 * first took 1.8 µs) and the answer tells nearly always that it is a string, a BOOL or a whole
 * number. Otherwise its type is asked for, and how a number is written; malformed text, of which
 * GoogleSQL reads what stands before the error, is read by JavaScript.
 */
export function scalarOfText(text: string, steps: readonly JsonStep[]): string {
  const path = quoteString(duckPath(steps));
  const asGoogle = (x: string): string =>
    `bq_json_scalar(${x}, ${quoteString(JSON.stringify(steps))})`;
  return bindOnce([text], (x = '') =>
    bindOnce([`TRY(json_extract_string(${x}, ${path}))`], (found = '') => {
      const none = `CASE WHEN json_valid(${x}) AND NOT ${mayBeNoJson(x)} THEN NULL ELSE ${asGoogle(x)} END`;
      const isText = `ascii(${found}) NOT IN (${AMBIGUOUS}) AND lower(${found}) NOT IN (${NO_NUMBERS})`;
      const isWhole = `regexp_full_match(${found}, '[1-9][0-9]*')`;
      const typed = `CASE json_type(${x}, ${path}) WHEN 'OBJECT' THEN NULL WHEN 'ARRAY' THEN NULL WHEN 'VARCHAR' THEN ${found} ELSE CASE WHEN ${isRewritten(x)} THEN ${asWritten(x, found, steps) ?? asGoogle(x)} ELSE ${found} END END`;
      return `CASE WHEN ${found} IS NULL THEN ${none} WHEN ${mayBeNoJson(x)} THEN ${asGoogle(x)} WHEN ${isText} OR ${isWhole} THEN ${found} ELSE ${typed} END`;
    }),
  );
}

/**
 * The number as the text has it, found by its key: where the key stands once before a number, and
 * that number is the one DuckDB found; unless an escape may spell the key otherwise. JavaScript
 * takes ten times as long.
 */
function asWritten(x: string, found: string, steps: readonly JsonStep[]): string | undefined {
  const [key] = steps;
  if (steps.length !== 1 || typeof key !== 'string' || !/^\w+$/.test(key)) return undefined;
  const number = `"${key}"[ \\t\\r\\n]*:[ \\t\\r\\n]*(-?[0-9][0-9.eE+-]*)`;
  return bindOnce([`regexp_extract_all(${x}, ${quoteString(number)}, 1)`], (texts) => {
    const isSame = `len(${texts}) = 1 AND TRY_CAST(${texts}[1] AS DOUBLE) = TRY_CAST(${found} AS DOUBLE)`;
    return `CASE WHEN ${isSame} AND NOT regexp_matches(${x}, '\\\\u00[2-7]') THEN ${texts}[1] ELSE bq_json_scalar(${x}, ${quoteString(JSON.stringify(steps))}) END`;
  });
}

/** True where the text may hold a number that DuckDB would write otherwise: 1.50, 1e2, -0. */
function isRewritten(x: string): string {
  return `regexp_matches(${x}, '[.][0-9]+0([^0-9]|$)|[0-9][eE]|[0-9.]{15}|-0|[nN][aA][nN]|[iI][nN][fF]')`;
}

/** DuckDB reads NaN and Infinity, which programs write into JSON and GoogleSQL rejects. */
function mayBeNoJson(x: string): string {
  return `(contains(${x}, 'NaN') OR contains(${x}, 'Infinity'))`;
}
