/**
 * What the entries of attribution_models consist of, by their kind.
 *
 * @import { Check } from './setting_kinds'
 */
const { fields, listOf, number, oneOf, pattern, share, text } = require('./setting_kinds');

const days = number(0, 3650);

/** Settings that a kind has beside `model` and `kind`. @type {Readonly<Record<string, { required?: Record<string, Check>, optional?: Record<string, Check> }>>} */
const settingsOf = {
  first: {},
  last: {},
  last_non_direct: {},
  last_paid: {},
  linear: {},
  position_based: { required: { first_share: share, last_share: share } },
  // From a quarter of an hour: less would leave nothing to the touch before the last.
  time_decay: { required: { half_life_days: number(0.01, 3650) } },
  platform: {
    required: { click_days: days, view_days: days },
    optional: { platforms: listOf(text), channels: listOf(text) },
  },
  ihc: {},
  markov: { required: { order: oneOf(1, 2, 3, 4) } },
  shapley: {},
  hazard: {},
  incremental_logit: {},
  gbdt: {},
  chosen: {},
};

const isKind = oneOf(...Object.keys(settingsOf));

/** It stands in SQL, in file names and in reports. */
const modelName = pattern(
  'use lower-case letters, digits and _, a letter first',
  /^[a-z][a-z0-9_]{0,99}$/,
);

/** @type {Check} */
const model = (value, place) => {
  const kind = /** @type {{ kind?: unknown } | null | undefined} */ (value)?.kind;
  const known = typeof kind === 'string' && Object.hasOwn(settingsOf, kind);
  if (!known) return isKind(kind, `${place}.kind`);
  const { required, optional } = settingsOf[kind] ?? {};
  return fields({ model: modelName, kind: isKind, ...required }, optional)(value, place);
};

/** @type {Check} */
const models = listOf(model);

module.exports = { models };
