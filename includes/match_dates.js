/**
 * Dates of birth as people write them, brought to digits with the year first. What can't be read is
 * missing: it would else speak against everybody.
 *
 * @import { DateOrder } from './match_types'
 */

/** Beginnings of the names of months: English, German, French, Dutch, Spanish, Italian. */
const months = [
  'jan|ene|gen',
  'feb|f[eé]v',
  'm[aä]r|maart|maerz|mrz|mrt',
  'apr|avr|abr',
  'ma[iy]|mei|mag',
  'jun|juin|giu',
  'jul|juil|lug',
  'aug|ago|ao[uû]',
  'sep|set',
  'o[ck]t|ott',
  'nov',
  'd[eé][cz]|dic',
];

/** @type {Readonly<Record<'d' | 'm' | 'y', string>>} */
const groups = {
  d: '(0?[1-9]|[12]\\d|3[01])',
  m: '(0?[1-9]|1[0-2])',
  y: '(\\d\\d)',
};

/** Orders are tried in this order, after the column's own. @type {readonly DateOrder[]} */
const ORDERS = ['dmy', 'mdy', 'ymd'];

/**
 * What shows a column's order: values that can be read in one order alone. For RE2, over the text
 * as written.
 *
 * @type {Readonly<Record<DateOrder, string>>}
 */
const orderPatterns = {
  dmy: '^(?:1[3-9]|2\\d|3[01])\\D+(?:0?\\d|1[0-2])\\D+(?:\\d{4}|3[2-9]|[4-9]\\d)(?:\\D|$)',
  mdy: '^(?:0?\\d|1[0-2])\\D+(?:1[3-9]|2\\d|3[01])\\D+(?:\\d{4}|\\d\\d)(?:\\D|$)',
  ymd: '^(?:3[2-9]|[4-9]\\d)\\D+(?:0?\\d|1[0-2])\\D+(?:0?\\d|[12]\\d|3[01])(?:\\D|$)',
};

/**
 * The parts of a date with - between them; the name of a month is # and its number.
 *
 * @param {string} text a column, as written
 * @returns {string} SQL, STRING
 */
function dateParts(text) {
  const date = `REGEXP_REPLACE(${text}, r'[T ]+\\d{1,2}:.*$', '')`;
  const named = months.reduce(
    (sql, names, at) =>
      `REGEXP_REPLACE(${sql}, r'(?i)\\b(?:${names})\\pL*', ' #${String(at + 1).padStart(2, '0')} ')`,
    date,
  );
  const parts = `TRIM(REGEXP_REPLACE(IF(REGEXP_CONTAINS(${date}, r'\\pL{3}'), ${named}, ${date}), r'[^0-9#]+', '-'), '-')`;
  return `IF(REGEXP_CONTAINS(${text}, r'^\\d{4}-\\d\\d-\\d\\d$'), ${text}, ${parts})`;
}

/**
 * The digits of a date, year first (19710624), or as much of it as there is (197106, 1971). Of a day
 * and a month that could be either, the column's order decides, else the day stands first.
 *
 * @param {string} parts a column of `dateParts`
 * @param {DateOrder} [order]
 * @param {number} [pivot] the last year that one of two digits can be: nobody is born in the future;
 *   without it these are not read
 * @returns {string} SQL, STRING; NULL for what can't be read
 */
function dateDigits(parts, order = 'dmy', pivot) {
  /** A pattern, and the numbers of its groups for year, month and day. @type {(pattern: string, at: readonly number[]) => string} */
  const reading = (pattern, at) =>
    `WHEN REGEXP_CONTAINS(${parts}, r'${pattern}') THEN CONCAT(${at
      .map((group, part) => {
        const digits = `REGEXP_REPLACE(${parts}, r'${pattern}', r'\\${group}')`;
        if (part > 0) return `LPAD(${digits}, 2, '0')`;
        return pivot === undefined ? digits : yearOf(digits, pivot);
      })
      .join(', ')})`;
  const { d, m } = groups;
  const long = '(\\d{4})';
  const any = pivot === undefined ? long : '(\\d{4}|\\d\\d)';
  const orders = [order, ...ORDERS.filter((other) => other !== order)];
  // At last digits without parts, or with a slip among them: they can still agree.
  return `CASE
    WHEN REGEXP_CONTAINS(${parts}, r'^[0-]*$') THEN NULL
    WHEN REGEXP_CONTAINS(${parts}, r'^\\d{4}-\\d\\d-\\d\\d$') THEN REPLACE(${parts}, '-', '')
    ${[
      reading(`^${long}-(\\d{1,2})-(\\d{1,2})$`, [1, 2, 3]),
      reading(`^${d}-#(\\d\\d)-${any}$`, [3, 2, 1]),
      reading(`^#(\\d\\d)-${d}-${any}$`, [3, 1, 2]),
      reading(`^${any}-#(\\d\\d)-${d}$`, [1, 2, 3]),
      reading(`^#?${m}-${long}$`, [2, 1]),
      reading(`^${long}-#${m}$`, [1, 2]),
      ...orders.filter((one) => one !== 'ymd').map((one) => inOrder(one, long)),
      // A slip in the day or the month, but a date.
      reading(`^(\\d{1,2})-(\\d{1,2})-${long}$`, [3, 2, 1]),
      ...(pivot === undefined ? [] : orders.map((one) => inOrder(one, groups.y))),
    ].join('\n    ')}
    WHEN REGEXP_CONTAINS(${parts}, r'^(?:\\d-?){6,8}\\d$') THEN REPLACE(${parts}, '-', '')
    WHEN REGEXP_CONTAINS(${parts}, r'^(?:18|19|20)\\d\\d(?:-?(?:0[1-9]|1[0-2]))?$') THEN REPLACE(${parts}, '-', '')
  END`;

  /** @type {(one: DateOrder, year: string) => string} */
  function inOrder(one, year) {
    const places = [...one];
    const pattern = places.map((part) => ({ d, m, y: year })[part]).join('-');
    return reading(
      `^${pattern}$`,
      [...'ymd'].map((part) => places.indexOf(part) + 1),
    );
  }
}

/** @type {(digits: string, pivot: number) => string} */
const yearOf = (digits, pivot) => {
  const century = Math.trunc(pivot / 100);
  const last = String(pivot % 100).padStart(2, '0');
  return `IF(LENGTH(${digits}) = 4, '', IF(${digits} <= '${last}', '${century}', '${century - 1}')), ${digits}`;
};

/**
 * The place of a date's digits among days, in years of twelve times 31 days: near enough to tell
 * how far dates lie apart, and there for dates that no calendar has (19371333).
 *
 * @param {string} digits a column
 */
const dayNumber = (digits) => {
  const date = `SAFE_CAST(IF(LENGTH(${digits}) = 8, ${digits}, NULL) AS INT64)`;
  return `DIV(${date}, 10000) * 372 + MOD(DIV(${date}, 100), 100) * 31 + MOD(${date}, 100)`;
};

module.exports = { dateDigits, dateParts, dayNumber, orderPatterns };
