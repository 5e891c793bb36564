/**
 * The attribution models that stand side by side in `attribution`. `model` is the name in results;
 * `kind` is the method. Several of one kind may stand beside each other with other settings. Take
 * one out and its rows are gone with the next run; raise `settings.version` when the rule of a
 * model changes, since it is the rules' model_version.
 *
 * Rules, in SQL: first, last, last_non_direct, last_paid, linear, position_based, time_decay, and
 * `platform`: what an ad platform would claim in its own reports. Trained, by `tributary run` and
 * the trainer function: ihc, markov, shapley, hazard, incremental_logit, gbdt,
 * and `chosen`.
 *
 * @import { AttributionModel } from './types'
 */

/** @type {AttributionModel[]} */
const models = [
  { model: 'first', kind: 'first' },
  { model: 'last', kind: 'last' },
  { model: 'last_non_direct', kind: 'last_non_direct' },
  { model: 'last_paid', kind: 'last_paid' },
  { model: 'linear', kind: 'linear' },
  // Shares of the first and last touch; the middle shares the rest. Strings: SQL reads them exactly.
  { model: 'position_based', kind: 'position_based', first_share: '0.4', last_share: '0.4' },
  { model: 'position_based_late', kind: 'position_based', first_share: '0.2', last_share: '0.4' },
  { model: 'time_decay', kind: 'time_decay', half_life_days: 7 },
  // A platform claims the whole conversion for its last click within its window, else for its last
  // view within its own; what it does not claim is no session's. Windows are the platforms' defaults.
  { model: 'platform_meta', kind: 'platform', platforms: ['meta'], click_days: 7, view_days: 1 },
  {
    model: 'platform_google_ads',
    kind: 'platform',
    platforms: ['google_ads', 'youtube'],
    click_days: 30,
    view_days: 3,
  },
  { model: 'platform_email', kind: 'platform', channels: ['Email'], click_days: 5, view_days: 5 },
  { model: 'ihc', kind: 'ihc' },
  { model: 'markov', kind: 'markov', order: 1 },
  { model: 'markov_3', kind: 'markov', order: 3 },
  { model: 'shapley', kind: 'shapley' },
  // These leave a base: what would have come without any touch is no channel's.
  { model: 'hazard', kind: 'hazard' },
  { model: 'incremental_logit', kind: 'incremental_logit' },
  { model: 'gbdt', kind: 'gbdt' },
  // The one of the models first, last, linear, ihc and the trained ones that fits the lift tests best
  // (`tributary import lift-tests`), its channels drawn to them; without tests, the one that predicts
  // held-out journeys best.
  { model: 'chosen', kind: 'chosen' },
];

module.exports = { models };
