/**
 * The fragments of activation: the key of an upload, and what a platform calls a conversion.
 */

/**
 * Conversion types and their names at a platform as rows: conversion_type, action_name. A type
 * without a name there is not uploaded.
 *
 * @param {Readonly<Record<string, string>>} actions
 * @returns {string} SQL, an UNNEST
 */
function actionRows(actions) {
  const rows = Object.entries(actions).map(([type, action]) => `('${type}', '${action}')`);
  return (
    'UNNEST(ARRAY<STRUCT<conversion_type STRING, action_name STRING>>[\n' +
    `    ${rows.join(',\n    ')}\n  ])`
  );
}

/**
 * The key under which an upload is sent once: platform, action, conversion, touch and model
 * version. Results of a newer model version are uploads of their own.
 *
 * @param {string} platform
 * @param {string} alias of the rows: action_name, conversion_id, session_id, model, model_version
 * @returns {string} SQL, STRING
 */
const uploadKey = (platform, alias) =>
  `TO_HEX(MD5(CONCAT(
      '${platform}|', ${alias}.action_name, '|', ${alias}.conversion_id, '|', ${alias}.session_id,
      '|', ${alias}.model, '|', ${alias}.model_version
    )))`;

module.exports = { actionRows, uploadKey };
