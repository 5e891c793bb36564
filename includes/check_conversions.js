/**
 * Contradictions between the conversion types. Each sentence says what is wrong and the mend.
 *
 * @import { ConversionType, Settings } from './types'
 */
const { repeated } = require('./repeated');

/**
 * @param {Pick<Settings, 'conversion_types' | 'activation'>} settings
 * @returns {string[]}
 */
function checkConversions({ conversion_types: types, activation }) {
  const names = types.map((type) => type.conversion_type);
  const problems = [];
  for (const name of repeated(names))
    problems.push(`conversion_types names ${name} twice: keep one of them.`);
  for (const type of types)
    problems.push(...checkSource(type), ...checkIgnored(type), ...checkTouchTypes(type, names));
  for (const rank of repeated(types.flatMap((type) => type.order_rank ?? [])))
    problems.push(
      `conversion_types has two types of order_rank '${rank}': keep one, an order is one conversion.`,
    );
  const named = {
    google_ads: activation.google_ads.conversion_actions,
    meta: activation.meta.event_names,
  };
  for (const [platform, sent] of Object.entries(named))
    for (const name of Object.keys(sent))
      if (!names.includes(name))
        problems.push(
          `activation.${platform} names the conversion type ${name}, which conversion_types lacks: ` +
            'add it there or remove it here.',
        );
  return problems;
}

/** What the source needs and what is of another one. @param {ConversionType} type */
function checkSource({ conversion_type, source, event_name, order_rank }) {
  const place = `conversion type ${conversion_type}`;
  const problems = [];
  if (source === 'event' && !event_name)
    problems.push(`${place} has source 'event': add event_name.`);
  if (source === 'order' && !order_rank)
    problems.push(`${place} has source 'order': add order_rank 'first' or 'later'.`);
  if (source !== 'event' && event_name)
    problems.push(
      `${place} has source '${source}': remove event_name, which is for source 'event'.`,
    );
  if (source !== 'order' && order_rank)
    problems.push(
      `${place} has source '${source}': remove order_rank, which is for source 'order'.`,
    );
  return problems;
}

/** Values that would be ignored, since the source decides. @param {ConversionType} type */
function checkIgnored({ conversion_type, source, order_rank, ...type }) {
  const place = `conversion type ${conversion_type}`;
  const problems = [];
  if (source === 'order' && type.once_per_customer !== (order_rank === 'first'))
    problems.push(
      order_rank === 'first'
        ? `${place}: a customer has one first order; write once_per_customer: true.`
        : `${place}: every later order counts; write once_per_customer: false.`,
    );
  if (source === 'import' && type.once_per_customer)
    problems.push(`${place}: every imported journey counts; write once_per_customer: false.`);
  if (source === 'import' && type.starts_after_previous)
    problems.push(
      `${place}: imported journeys keep their own sessions; write starts_after_previous: false.`,
    );
  return problems;
}

/**
 * @param {ConversionType} type
 * @param {readonly string[]} names
 */
function checkTouchTypes({ conversion_type, source, touch_conversion_types = [] }, names) {
  const problems = [];
  const place = `conversion type ${conversion_type}: touch_conversion_types`;
  for (const name of repeated(touch_conversion_types))
    problems.push(`${place} names ${name} twice: keep one of them.`);
  for (const name of touch_conversion_types) {
    if (!names.includes(name))
      problems.push(`${place} names ${name}, which conversion_types lacks: add it or remove it.`);
    if (name === conversion_type)
      problems.push(`${place} names the type itself: its own conversions are no touches of it.`);
  }
  if (source === 'import' && touch_conversion_types.length > 0)
    problems.push(`${place} must be empty: imported journeys keep their own touches.`);
  return problems;
}

module.exports = { checkConversions };
