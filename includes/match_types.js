/**
 * Types of matching, for tsc's checkJs alone.
 *
 * What a column holds.
 * @typedef {'given_name' | 'surname' | 'full_name' | 'date_of_birth' | 'email' | 'phone' | 'postcode'
 *   | 'city' | 'address' | 'house_number' | 'country' | 'identifier' | 'category' | 'text'} Kind
 *
 * In which order a column writes day (d), month (m) and year (y).
 * @typedef {'dmy' | 'mdy' | 'ymd'} DateOrder
 *
 * A column of the input table, under the name that it has there: its kind, numbered from the
 * second column of that kind on (address, address_2). `has_units`: addresses among which are flats.
 * `date_order`: of dates, which part the column writes first where a value leaves that open; `pivot_year`:
 * the last year that one of two digits can be.
 * `country`: of phones, SQL over a row of the input's ISO code of two letters, by which they are read.
 * @typedef {{ column: string, kind: Kind, has_units?: boolean, date_order?: DateOrder, pivot_year?: number, country?: { column?: string, default?: string } }} InputColumn
 *
 * A column of the records: SQL over `input`. `column`: the only one it is made of.
 * @typedef {{ name: string, sql: string, column?: string }} Feature
 *
 * A level is true where its condition is the first true one. Conditions speak of the records `l`
 * and `r` and of `d`, their distances. `frequency` names the feature on which both agree.
 * @typedef {{ name: string, condition: string, frequency?: string }} Level
 *
 * `missing` is the condition of the null level, which says nothing; below the levels stands the
 * last one, "else".
 * @typedef {{ name: string, missing: string, levels: Level[] }} Comparison
 *
 * A number that several levels ask for, measured once for each pair. `letters`: it asks which of
 * these letters the feature of its name, or `letters_of`, has, as bits of <name>_letters.
 * @typedef {{ name: string, sql: string, letters?: string, letters_of?: string }} Distance
 *
 * Records are paired where all keys (SQL over a record named `record`) agree. `comparisons` are
 * those which the keys decide, and which this rule therefore can't teach.
 * @typedef {{ name: string, keys: string[], comparisons: string[], unless?: string }} BlockingRule
 *
 * @typedef {object} Recipe
 * @property {InputColumn[]} columns
 * @property {Feature[]} features
 * @property {boolean} has_short_forms
 * @property {Distance[]} distances
 * @property {Comparison[]} comparisons
 * @property {string} says_enough SQL over a record: whether it makes pairs (match_enough)
 * @property {string} names_person SQL over a record: whether its copies are one person
 * @property {BlockingRule[]} rules
 * @property {string[]} places comparisons that say together where somebody lives
 * @property {Record<string, string[]>} tells by a comparison that keys decide: those in which even strangers who
 *   share its value agree (mailboxes are made of names)
 * @property {string[]} lasting comparisons of what a person keeps for life
 * @property {string[]} proofs comparisons of what mostly one person alone has: mailboxes, phones, numbers
 * @property {string[]} swaps comparisons whose values may stand in each other's place
 * @property {string[]} frequencies features whose values' counts are kept
 */

module.exports = {};
