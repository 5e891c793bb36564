/** Adapters as a shop writes them into the settings; their tables are in tests/schemas. */
const ecommerce = 'contexts_com_snowplowanalytics_snowplow_ecommerce_';
const ofEvent = 'unstruct_event_com_snowplowanalytics_snowplow_';

const adapters = {
  ga4: [
    {
      site_id: 'web',
      dataset: 'analytics_123456789',
      purchases_are_orders: true,
      assumed_consent: ['personalization'],
    },
  ],
  snowplow: [
    {
      site_id: 'snow',
      dataset: 'atomic',
      app_ids: ['shop'],
      purchases_are_orders: true,
      assumed_consent: ['analytics', 'personalization'],
      columns: {
        action: `${ofEvent}ecommerce_snowplow_ecommerce_action_1`,
        product: `${ecommerce}product_1`,
        transaction: `${ecommerce}transaction_1`,
        checkout_step: `${ecommerce}checkout_step_1`,
        refund: `${ecommerce}refund_1`,
        site_search: `${ofEvent}site_search_1`,
      },
    },
  ],
  segment: [
    {
      site_id: 'seg',
      dataset: 'segment_web',
      event_tables: [
        'product_viewed',
        'products_searched',
        'checkout_step_completed',
        'order_completed',
      ],
      purchases_are_orders: true,
      assumed_consent: ['analytics', 'personalization'],
      event_names: { video_played: 'video' },
    },
  ],
};

module.exports = { adapters };
