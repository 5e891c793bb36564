/**
 * Incremental models that are built day by day: a day is built again where what it is made of has
 * changed since it was built, and no other day is read.
 *
 * Beside each such model stands `<model>__days`: for each of its days what it was made of (the
 * versions of the days that it read, fingerprints of small tables), and a version of its own, for
 * the models that read it. It is written last: where a run ends before that, the next one builds
 * the same days again, and the models after it see that they changed.
 */

const { beside } = require('./sql_text');

const NEVER = "DATE '9999-12-31'";
const ALWAYS = "DATE '0001-01-01'";

/** @param {string} model @returns {string} the table of its days */
const daysOf = (model) => beside(model, 'days');

/** @param {string} model @returns {string} SQL of the table of its days, empty, if there is none */
const create = (model) =>
  `CREATE TABLE IF NOT EXISTS ${daysOf(model)} (day DATE, made_of STRING, version INT64)`;

/**
 * The days of one input, as part of what other days are made of.
 *
 * @param {string} input a model with days
 * @param {number} [spread] days around each of its days that read it
 * @returns {string} a query: day, part
 */
function partsOf(input, spread = 0) {
  const part = `CONCAT('${input.replace(/^.*\.|`/g, '')} ', CAST(day AS STRING), ' ', CAST(version AS STRING))`;
  if (spread === 0) return `SELECT day, ${part} AS part FROM ${daysOf(input)}`;
  return `SELECT DATE_ADD(day, INTERVAL shift DAY) AS day, ${part} AS part
  FROM ${daysOf(input)}
  CROSS JOIN UNNEST(GENERATE_ARRAY(-${spread}, ${spread})) AS shift`;
}

/** @param {readonly string[]} parts queries: day, part @returns {string} a query: day, made_of */
const madeOf = (...parts) => `SELECT day, STRING_AGG(part, ', ' ORDER BY part) AS made_of
FROM (
  ${parts.join('\n  UNION ALL\n  ')}
)
GROUP BY day`;

/**
 * What the days of a small table hold.
 *
 * @param {string} table
 * @param {string} day name of its date
 * @returns {string} a query: day, part
 */
const contentOf = (
  table,
  day,
) => `SELECT ${day} AS day, CAST(BIT_XOR(FARM_FINGERPRINT(TO_JSON_STRING(content))) AS STRING) AS part
  FROM ${table} AS content
  GROUP BY day`;

/**
 * Finds which days there are, and, in an incremental run, which of them are to be built again. The
 * variable changed_days holds these, near_days these and the days around them.
 *
 * @param {object} model
 * @param {string} model.self
 * @param {string} model.day its date
 * @param {readonly string[]} model.inputs models with days that made_of reads
 * @param {string} model.madeOf a query: day, made_of
 * @param {boolean} model.isIncremental
 * @param {number} [model.spread] how many days around
 * @param {readonly string[]} [model.declares] variables of the model's own
 * @param {readonly string[]} [model.creates] tables that made_of reads, where there are none
 * @param {readonly string[]} [model.reads] statements of both kinds of run, before all others
 * @param {readonly string[]} [model.moreDays] statements that may add to changed_days; they may read
 *   the model itself
 * @param {string} [model.updatedDays] a variable with other days, of which rows are updated
 * @param {readonly string[]} [model.updates] the statements that do so
 * @returns {string[]} statements
 */
function find({
  self,
  day,
  inputs,
  madeOf,
  isIncremental,
  spread = 0,
  declares = [],
  creates = [],
  reads = [],
  moreDays = [],
  updatedDays,
  updates = [],
}) {
  const declared = [
    'DECLARE made_days ARRAY<STRUCT<day DATE, made_of STRING>> DEFAULT []',
    'DECLARE changed_days, near_days ARRAY<DATE> DEFAULT []',
    `DECLARE from_day DATE DEFAULT ${NEVER}`,
    'DECLARE next_version INT64 DEFAULT 1',
    ...declares,
    ...[...inputs, self].map(create),
    ...creates,
    `SET made_days = ARRAY(
  SELECT AS STRUCT day, made_of
  FROM (
${madeOf}
  )
  WHERE day IS NOT NULL
)`,
    setNextVersion(self),
    ...reads,
  ];
  if (!isIncremental) return declared;
  return [
    ...declared,
    setAllOrNothing('from_day', self),
    `SET changed_days = ARRAY(
  SELECT COALESCE(made.day, before.day)
  FROM UNNEST(made_days) AS made
  FULL JOIN ${daysOf(self)} AS before ON before.day = made.day
  WHERE COALESCE(made.made_of, '') != COALESCE(before.made_of, '')
  UNION DISTINCT
  SELECT ${day} FROM ${self} WHERE ${day} >= from_day
)`,
    ...moreDays,
    ...(moreDays.length === 0 ? [] : [unmake(self, ['changed_days', updatedDays])]),
    `SET near_days = ARRAY(
  SELECT DISTINCT DATE_ADD(changed_day, INTERVAL shift DAY)
  FROM UNNEST(changed_days) AS changed_day
  CROSS JOIN UNNEST(GENERATE_ARRAY(-${spread}, ${spread})) AS shift
)`,
    ...updates,
    `DELETE FROM ${self} WHERE ${day} IN UNNEST(changed_days)`,
  ];
}

/**
 * What moreDays found in the model's own rows would not be found again once these are deleted: where
 * a run ends before they are built, the next one must. So must it where rows were updated.
 *
 * @param {string} self
 * @param {readonly (string | undefined)[]} variables arrays of days
 * @returns {string} SQL
 */
function unmake(self, variables) {
  const isUnmade = variables
    .filter((name) => name !== undefined)
    .map((name) => `day IN UNNEST(${name})`)
    .join(' OR ');
  return `CREATE OR REPLACE TABLE ${daysOf(self)} AS
SELECT day, IF(${isUnmade}, '', made_of) AS made_of, version
FROM ${daysOf(self)}`;
}

/** @param {string} self @returns {string} SQL: higher than that of any day */
const setNextVersion = (self) =>
  `SET next_version = (SELECT COALESCE(MAX(version), 0) + 1 FROM ${daysOf(self)})`;

/**
 * A table of which no day was ever noted is taken as a whole.
 *
 * @param {string} variable a date from which on all is taken
 * @param {string} self
 * @param {string} [otherwise] SQL
 * @returns {string} SQL
 */
const setAllOrNothing = (variable, self, otherwise = NEVER) =>
  `SET ${variable} = IF((SELECT COUNT(*) FROM ${daysOf(self)}) = 0, ${ALWAYS}, ${otherwise})`;

/**
 * The last statement of the script: the days are built. A day that is gone stays, made of nothing,
 * so that its version is never given again.
 *
 * @param {string} self
 * @param {boolean} isIncremental
 * @returns {string} SQL
 */
function remember(self, isIncremental) {
  const isNew = `COALESCE(made.made_of, '') != COALESCE(before.made_of, '')
      OR COALESCE(made.day, before.day) IN UNNEST(changed_days)`;
  return `CREATE OR REPLACE TABLE ${daysOf(self)} AS
SELECT
  COALESCE(made.day, before.day) AS day,
  COALESCE(made.made_of, '') AS made_of,
  IF(${isIncremental ? isNew : 'TRUE'}, next_version, before.version) AS version
FROM UNNEST(made_days) AS made
FULL JOIN ${daysOf(self)} AS before ON before.day = made.day`;
}

/**
 * The same for a model that knows by itself which days it has changed.
 *
 * @param {string} self
 * @param {string} days a query: day, each once; it can read the days so far as `before`
 * @returns {string} SQL
 */
const noteChanged = (self, days) => `CREATE OR REPLACE TABLE ${daysOf(self)} AS
WITH
before AS (
  SELECT day, made_of, version FROM ${daysOf(self)}
),

changed_again AS (
  ${days}
)

SELECT day, made_of, version FROM before
WHERE day NOT IN (SELECT day FROM changed_again)
UNION ALL
SELECT day, CAST(NULL AS STRING), (SELECT COALESCE(MAX(version), 0) + 1 FROM before)
FROM changed_again`;

module.exports = {
  create,
  daysOf,
  partsOf,
  madeOf,
  contentOf,
  find,
  setAllOrNothing,
  remember,
  noteChanged,
  ALWAYS,
  NEVER,
};
