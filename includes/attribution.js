/**
 * The fragments of attribution: credit and money in exact parts by the largest remainder, and the
 * weights of the rule-based models.
 *
 * @import { AttributionModel, RuleModel } from './types'
 */
const settings = require('./settings');
const sql_text = require('./sql_text');

/** Credit has 9 decimals, as many as NUMERIC has: a whole is this many parts. */
const CREDIT_PARTS = 1000000000;

const decimals = settings.base_currency_decimals;
/** The base currency's smallest coin, and how many of them make one, as NUMERIC. */
const COINS = `NUMERIC '${10 ** decimals}'`;
const COIN = `NUMERIC '${(10 ** -decimals).toFixed(decimals)}'`;

/**
 * A FLOAT64 with the noise of summation order cut off, so that a second run gives the same bits.
 *
 * @param {string} value SQL, FLOAT64
 * @returns {string} SQL, FLOAT64
 */
const settled = (value) => `ROUND(${value}, 12)`;

/** A share in steps of 1e-12, as a whole number: what sums have beyond that is noise. */
const QUOTA_WHOLE = 1000000000000;
/** Steps of a quota in one part of credit. */
const QUOTAS_PER_PART = QUOTA_WHOLE / CREDIT_PARTS;

/**
 * A share as a whole number of steps: a second run gives the same, and whole numbers sum and sort
 * without rounding.
 *
 * @param {string} share SQL, FLOAT64, 0 to 1
 * @returns {string} SQL, INT64
 */
const quotaOf = (share) => `CAST(${share} * 1e12 AS INT64)`;

/**
 * A sum of FLOAT64 values within a partition, in whole steps of 1e-14. Engines add in any order,
 * and with FLOAT64 each order has its own last bit; whole numbers have one sum, so that a second
 * run gives the same. The sum may reach 90,000.
 *
 * @param {string} value SQL, FLOAT64
 * @param {string} partition SQL, the columns of the partition
 * @returns {string} SQL, FLOAT64
 */
const steadySum = (value, partition) => steadySumOver(value, `(PARTITION BY ${partition})`);

/**
 * @param {string} value SQL, FLOAT64
 * @param {string} window SQL, its name or its text in parentheses
 * @returns {string} SQL, FLOAT64
 */
const steadySumOver = (value, window) =>
  `(SUM(CAST((${value}) * 1e14 AS INT64)) OVER ${window} / 1e14)`;

/**
 * Where segments of IHC's curves are looked up: the quarter of an hour; beyond 1,000 hours there is
 * one place. Comparing each touch with each segment took most of the time.
 *
 * @param {string} hours SQL, FLOAT64
 * @returns {string} SQL, INT64
 */
const curvePlace = (hours) => `CAST(FLOOR(LEAST(${hours}, 1000.0) * 4.0) AS INT64)`;

/**
 * Linear between the ends of the segment that the point falls into.
 *
 * @param {string} segment the name of a row of int_attribution__ihc_segments
 * @param {string} hours SQL, FLOAT64
 * @returns {string} SQL, FLOAT64
 */
const membershipOn = (segment, hours) =>
  `${segment}.from_membership + (${hours} - ${segment}.from_hours)
        / (${segment}.to_hours - ${segment}.from_hours)
        * (${segment}.to_membership - ${segment}.from_membership)`;

/** Kinds whose rows a trainer writes: raw.model_credits. */
const TRAINED_KINDS = ['markov', 'shapley', 'hazard', 'incremental_logit', 'gbdt', 'chosen'];

const allModels = settings.attribution_models;
const isTrained = (/** @type {AttributionModel} */ { kind }) => TRAINED_KINDS.includes(kind);
const isPlatform = (/** @type {AttributionModel} */ model) => model.kind === 'platform';

const namesOf = (/** @type {readonly AttributionModel[]} */ models) =>
  models.map(({ model }) => model);

/** Names of the models that are switched on. */
const modelNames = namesOf(allModels);
/** @type {RuleModel[]} */
const ruleModels = allModels.filter(
  /** @type {(model: AttributionModel) => model is RuleModel} */
  (model) => model.kind !== 'ihc' && !isTrained(model),
);
const ruleNames = namesOf(ruleModels);
const trainedNames = namesOf(allModels.filter(isTrained));
/** Models that may leave a part of a conversion to no touchpoint. */
const namesWithBase = namesOf(allModels.filter((model) => isTrained(model) || isPlatform(model)));

/** Rows carry a model's number while credit is shared out: its place in the settings, from 1. */
const numberOf = (/** @type {string} */ name) => modelNames.indexOf(name) + 1;

/** @param {readonly string[]} names @returns {string} SQL, a list in parentheses */
const numbersOf = (names) => `(${names.map(numberOf).join(', ')})`;

/**
 * Rows of the columns `model` and `model_number`, of all models.
 *
 * @returns {string} SQL, an UNNEST
 */
const modelRows = () =>
  `UNNEST(ARRAY<STRUCT<model STRING, model_number INT64>>[${modelNames.map((name) => `('${name}', ${numberOf(name)})`).join(', ')}])`;

/**
 * All models: model, kind, markov_order.
 *
 * @returns {string} SQL, an UNNEST
 */
const modelSettingRows = () =>
  `UNNEST(ARRAY<STRUCT<model STRING, kind STRING, markov_order INT64>>[
    ${allModels.map((entry) => `('${entry.model}', '${entry.kind}', ${entry.kind === 'markov' ? entry.order : 'NULL'})`).join(',\n    ')}
  ])`;

/** The platforms' rules with the column that marks the touch each of them claims. */
const claims = ruleModels
  .filter(/** @returns {model is PlatformModel} */ isPlatform)
  .map((rule) => ({
    ...rule,
    column: `is_claimed_by_${rule.model}`,
  }));

/**
 * For each platform's rule, whether it claims the touch: its last click within the click window,
 * else its last view within the view window. Needs the columns of touchpoints.
 *
 * @returns {string[]} SQL, BOOL columns; NULL or FALSE where not
 */
const claimColumns = () =>
  claims.map(({ platforms, channels = settings.paid_channels, click_days, view_days, column }) => {
    const own = [
      ...(platforms ? [`touchpoints.platform IN ${sql_text.list(platforms)}`] : []),
      `touchpoints.channel IN ${sql_text.list(channels)}`,
    ].join(' AND ');
    const latest = (/** @type {string} */ is, /** @type {number} */ days) =>
      `MAX(IF(${is} AND ${own} AND touchpoints.hours_to_conversion <= ${days * 24}, touchpoints.position, NULL)) OVER journey`;
    return `touchpoints.position = COALESCE(
      ${latest('NOT touchpoints.is_impression', click_days)},
      ${latest('touchpoints.is_impression', view_days)}
    ) AS ${column}`;
  });

/**
 * The last position whose channel passes, within a conversion.
 *
 * @param {string} condition SQL on touchpoints, BOOL
 * @returns {string} SQL, INT64; NULL where none passes
 */
const lastPosition = (condition) =>
  `MAX(IF(${condition}, touchpoints.position, NULL)) OVER journey`;

/**
 * The weight of a touch under each rule, before a journey's weights are brought to a sum of 1. Needs
 * the columns position, touch_count, hours_to_last, last_non_direct_position, last_paid_position, and
 * those of claimColumns().
 *
 * @returns {string[]} SQL, FLOAT64 columns
 */
const ruleWeightColumns = () =>
  ruleModels.map((rule) => `${weightOf(rule)} AS weight_${rule.model}`);

/** Kinds that weigh touches otherwise than one with 1 and the rest with 0. */
const SHARING_KINDS = ['linear', 'position_based', 'time_decay'];

/**
 * Each rule's number and quota, from the columns of ruleWeightColumns(). A platform that claims no
 * touch of a conversion leaves them all at 0. Needs the window `journey`.
 *
 * @returns {string} SQL, ARRAY<STRUCT<model_number INT64, credit_quota INT64>>
 */
const ruleQuotas = () =>
  `ARRAY<STRUCT<model_number INT64, credit_quota INT64>>[
      ${ruleModels
        .map(({ model, kind }) => {
          const weight = `weight_${model}`;
          const isShared = SHARING_KINDS.includes(kind);
          const quota = isShared
            ? quotaOf(`(${weight} / ${steadySumOver(weight, 'journey')})`)
            : `IF(${weight} = 1.0, ${QUOTA_WHOLE}, 0)`;
          return `(${numberOf(model)}, ${quota})`;
        })
        .join(',\n      ')}
    ]`;

/** @param {number} value @returns {string} SQL, FLOAT64 */
const float = (value) => (Number.isInteger(value) ? `${value}.0` : `${value}`);

/**
 * @param {RuleModel} rule
 * @returns {string} SQL, FLOAT64
 */
function weightOf(rule) {
  const only = (/** @type {string} */ condition) => `IF(${condition}, 1.0, 0.0)`;
  switch (rule.kind) {
    case 'first':
      return only('position = 1');
    case 'last':
      return only('position = touch_count');
    case 'last_non_direct':
      return only('position = COALESCE(last_non_direct_position, touch_count)');
    case 'last_paid':
      return only('position = COALESCE(last_paid_position, last_non_direct_position, touch_count)');
    case 'linear':
      return '1.0';
    case 'position_based':
      return `CASE
          WHEN touch_count = 1 THEN 1.0
          WHEN position = 1 THEN ${rule.first_share}
          WHEN position = touch_count THEN ${rule.last_share}
          ELSE (1.0 - ${rule.first_share} - ${rule.last_share}) / (touch_count - 2)
        END`;
    case 'time_decay':
      return `POW(2.0, -hours_to_last / ${float(rule.half_life_days * 24)})`;
    case 'platform':
      return only(`is_claimed_by_${rule.model}`);
  }
}

module.exports = {
  COIN,
  COINS,
  CREDIT_PARTS,
  QUOTAS_PER_PART,
  QUOTA_WHOLE,
  claimColumns,
  claims,
  curvePlace,
  lastPosition,
  membershipOn,
  modelNames,
  modelRows,
  modelSettingRows,
  namesWithBase,
  numberOf,
  numbersOf,
  quotaOf,
  ruleNames,
  ruleQuotas,
  ruleWeightColumns,
  settled,
  steadySum,
  trainedNames,
};
