/**
 * The settings as they are shipped, with what they leave switched off: every adapter, and a
 * conversions that are touches of others.
 */
const { adapters } = require('./adapter_examples');
const shipped = require('./settings_replaced');

const conversion_types = shipped.conversion_types.map((it) =>
  it.source === 'order' ? { ...it, touch_conversion_types: ['registration', 'conversion'] } : it,
);

module.exports = { ...shipped, adapters, conversion_types };
