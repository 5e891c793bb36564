/**
 * What a street is called besides its name, by language: people write it short, long or not at all.
 * In lower case, without diacritics, as `folded` in match_text.js leaves it.
 */

/** The long form, then the short ones. @type {Readonly<Record<string, readonly string[]>>} */
const byLanguage = {
  english: [
    'apartment apt flat unit',
    'avenue ave av',
    'boulevard blvd',
    'circuit cct',
    'close cl',
    'court crt ct',
    'crescent cres cr',
    'drive dr',
    'highway hwy',
    'lane ln',
    'parade pde',
    'place pl',
    'road rd',
    'square sq',
    'street st',
    'terrace tce ter',
  ],
  german: ['strasse str', 'platz', 'weg', 'allee', 'gasse'],
  french: [
    'rue r',
    'avenue ave av',
    'boulevard bd bld boul',
    'chemin ch chem',
    'impasse imp',
    'allee all',
    'quai',
    'cours',
  ],
  spanish: [
    'calle cl',
    'avenida avda avd',
    'paseo pso',
    'plaza plza pza',
    'carretera ctra',
    'camino cno',
  ],
  italian: ['via', 'viale', 'piazza pza', 'corso', 'vicolo', 'largo'],
  dutch: ['straat str', 'laan', 'plein', 'gracht', 'kade'],
  polish: ['ulica ul', 'aleja al', 'plac'],
};

/** As parts of one word: Kastanienstrasse, Kerkstraat. */
const endings = ['strasse', 'str', 'straat', 'gatan', 'vagen', 'gade'];

/** Single letters are words of other kinds too often. */
const isWord = (/** @type {string} */ word) => word.length > 1;

/** All words, as alternatives of a pattern. */
const streetWords = [
  ...new Set(Object.values(byLanguage).flatMap((words) => words.join(' ').split(' '))),
]
  .filter(isWord)
  .sort((a, b) => b.length - a.length || (a < b ? -1 : 1))
  .join('|');

/** Endings of words, as alternatives of a pattern. */
const streetEndings = endings.join('|');

/** What flats, floors and doors are called before their number. */
const unitWords =
  'apartment|appartement|apto|apt|app|flat|unit|suite|ste|room|wohnung|whg|top|piso|puerta|interno|int|scala|bus|bte|appt|lgt';

/** "Flat 5b", "#5b" and, before the house's number, "5b/12": group 1 is the number. */
const unitPatterns = {
  named: `(?i)\\b(?:${unitWords})\\.?[\\s:#]*(?:nr\\.?|no\\.?)?\\s*(\\d+\\s?[a-z]?|[a-z])\\b`,
  marked: '(?i)#\\s*(\\d+\\s?[a-z]?)\\b',
  first: '(?i)^\\s*(\\d+[a-z]?)\\s*/\\s*\\d+[a-z]?\\s+\\S',
};

/**
 * The number of the flat in an address, or NULL: "Flat 5b, 12 High Street", "12 High St #5b" and
 * the Australian "5b/12 High Street" have 5b. "Hauptstr. 12/14" are two houses.
 *
 * @param {string} text as written
 * @returns {string} SQL, STRING
 */
const unitNumber = (text) =>
  `REPLACE(LOWER(COALESCE(
    ${Object.values(unitPatterns)
      .map((pattern) => `REGEXP_EXTRACT(${text}, r'${pattern}')`)
      .join(',\n    ')}
  )), ' ', '')`;

/**
 * The address without that; an address that has nothing else stays.
 *
 * @param {string} text a column, since it stands in the result several times
 * @returns {string} SQL, STRING
 */
function withoutUnit(text) {
  const named = `REGEXP_REPLACE(${text}, r'${unitPatterns.named}|${unitPatterns.marked}', ' ')`;
  const rest = `REGEXP_REPLACE(${named}, r'^\\s*\\d+[A-Za-z]?\\s*/\\s*(\\d+[A-Za-z]?\\s+\\S)', r'\\1')`;
  return `IF(REGEXP_CONTAINS(${rest}, r'[\\pL\\d]'), ${rest}, ${text})`;
}

module.exports = { streetEndings, streetWords, unitNumber, unitPatterns, withoutUnit };
