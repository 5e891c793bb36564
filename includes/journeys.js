/**
 * The fragments of identity and journeys that decide which events, orders and sessions count.
 */
const settings = require('./settings');

/**
 * Strings as an array, which unlike a list in brackets may be empty.
 *
 * @param {readonly string[]} values
 * @returns {string} SQL, ARRAY<STRING>
 */
const stringArray = (values) =>
  `ARRAY<STRING>[${values.map((value) => `'${value.replace(/['\\]/g, '\\$&')}'`).join(', ')}]`;

/**
 * Whether an event of stg_events tells about a person: it has a visitor, is no bot's and no
 * asset's, and its time can be believed. The same events make sessions.
 *
 * @param {string} [alias] of stg_events
 * @returns {string} SQL, BOOL
 */
function isPersonEvent(alias) {
  const prefix = alias === undefined ? '' : `${alias}.`;
  return [
    `${prefix}visitor_id IS NOT NULL`,
    `NOT ${prefix}is_bot`,
    `NOT ${prefix}is_asset`,
    `COALESCE(${prefix}quality_issue, 'too_late') = 'too_late'`,
  ].join(' AND ');
}

/**
 * The conversion types that come from one source.
 *
 * @param {'event' | 'order' | 'import'} source
 */
const conversionTypes = (source) =>
  settings.conversion_types.filter((type) => type.source === source);

/**
 * The settings of all conversion types as rows: conversion_type, conversion_source, lookback_days,
 * starts_after_previous. Never empty: a shop without conversion types is refused at compile time.
 *
 * @returns {string} SQL, an UNNEST
 */
function conversionTypeRows() {
  const rows = settings.conversion_types.map(
    (type, index) =>
      `STRUCT('${type.conversion_type}'${index === 0 ? ' AS conversion_type' : ''}, ` +
      `'${type.source}'${index === 0 ? ' AS conversion_source' : ''}, ` +
      `${type.lookback_days}${index === 0 ? ' AS lookback_days' : ''}, ` +
      `${type.starts_after_previous ? 'TRUE' : 'FALSE'}${index === 0 ? ' AS starts_after_previous' : ''})`,
  );
  return `UNNEST([\n    ${rows.join(',\n    ')}\n  ])`;
}

module.exports = { conversionTypeRows, conversionTypes, isPersonEvent, stringArray };
