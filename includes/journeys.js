/**
 * The fragments of identity and journeys that decide which events count, and the conversion types
 * of the settings as rows. The types stand in typed arrays, so that a source without any is an
 * empty table and not an error.
 *
 * @import { ConversionType } from './types'
 */
const settings = require('./settings');
const { text } = require('./sql_text');
const { isSessionEvent } = require('./visitors');

/**
 * Whether an event tells about a person: it is one of those that make sessions, and no bot's.
 *
 * @param {string} table name or alias of stg_events
 * @returns {string} SQL, BOOL
 */
const isPersonEvent = (table) =>
  `${isSessionEvent(table)} AND ${table}.visitor_id IS NOT NULL AND NOT ${table}.is_bot`;

/**
 * Whether somebody came: a session of which nothing is known but a conversion, and no page, is what the
 * backend reported on its own. It has no channel that led there, and is no touch.
 *
 * @param {string} table name or alias of sessions
 * @returns {string} SQL, BOOL, never NULL
 */
const isVisit = (table) =>
  `NOT COALESCE(
      ${table}.landing_page IS NULL
        AND ${table}.event_count > 0
        AND ${table}.event_count = ${table}.conversion_event_count,
      FALSE
    )`;

/** @param {'event' | 'order' | 'import'} source */
const typesFrom = (source) => settings.conversion_types.filter((type) => type.source === source);

/** @param {boolean} value */
const bool = (value) => (value ? 'TRUE' : 'FALSE');

/**
 * @param {string} columns names and types
 * @param {readonly string[]} rows
 */
const rowsOf = (columns, rows) =>
  `UNNEST(ARRAY<STRUCT<${columns}>>[\n    ${rows.join(',\n    ')}\n  ])`;

/**
 * All types: conversion_type, conversion_source, series_name, lookback_days,
 * starts_after_previous, open_for. All orders are one series, whatever their rank: a return
 * order's journey begins after the order before it, be it the first.
 *
 * @returns {string} SQL, an UNNEST
 */
const conversionTypeRows = () =>
  rowsOf(
    'conversion_type STRING, conversion_source STRING, series_name STRING, lookback_days INT64, ' +
      'starts_after_previous BOOL, open_for STRING',
    settings.conversion_types.map(
      (type) =>
        `(${text(type.conversion_type)}, ${text(type.source)}, ` +
        `${text(type.source === 'order' ? 'order' : type.conversion_type)}, ` +
        `${type.lookback_days}, ${bool(type.starts_after_previous)}, ${text(openFor(type))})`,
    ),
  );

/**
 * Who could still convert: 'newcomers' (nobody with a conversion of the series), 'returners' (those
 * with one), 'everyone'; 'nobody' where journeys that did not convert are not known.
 *
 * @param {ConversionType} type
 */
function openFor(type) {
  if (type.source === 'import') return 'nobody';
  if (type.order_rank === 'later') return 'returners';
  return type.once_per_customer || type.order_rank === 'first' ? 'newcomers' : 'everyone';
}

/**
 * Types that are events: conversion_type, event_name, once_per_customer.
 *
 * @returns {string} SQL, an UNNEST
 */
const eventTypeRows = () =>
  rowsOf(
    'conversion_type STRING, event_name STRING, once_per_customer BOOL',
    typesFrom('event').map(
      (type) =>
        `(${text(type.conversion_type)}, ${text(type.event_name ?? '')}, ` +
        `${bool(type.once_per_customer)})`,
    ),
  );

/**
 * Types that are orders: conversion_type, order_rank (first, later).
 *
 * @returns {string} SQL, an UNNEST
 */
const orderTypeRows = () =>
  rowsOf(
    'conversion_type STRING, order_rank STRING',
    typesFrom('order').map(
      (type) => `(${text(type.conversion_type)}, ${text(type.order_rank ?? '')})`,
    ),
  );

/**
 * Which type's conversions are touches of which type's journeys, and by what channel:
 * conversion_type (of the journey), touch_type, channel.
 *
 * @returns {string} SQL, an UNNEST
 */
const touchTypeRows = () =>
  rowsOf(
    'conversion_type STRING, touch_type STRING, channel STRING',
    settings.conversion_types.flatMap((type) =>
      (type.touch_conversion_types ?? []).map((name) => {
        const touching = settings.conversion_types.find((other) => other.conversion_type === name);
        const channel = touching?.touch_channel ?? name;
        return `(${text(type.conversion_type)}, ${text(name)}, ${text(channel)})`;
      }),
    ),
  );

module.exports = {
  conversionTypeRows,
  eventTypeRows,
  isPersonEvent,
  isVisit,
  orderTypeRows,
  touchTypeRows,
};
