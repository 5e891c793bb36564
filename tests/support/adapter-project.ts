import { projectWithSettings } from './edited-project';

/** Adapters as a shop writes them into includes/settings.js. */
export const adapters = `{
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
          action: 'unstruct_event_com_snowplowanalytics_snowplow_ecommerce_snowplow_ecommerce_action_1',
          product: 'contexts_com_snowplowanalytics_snowplow_ecommerce_product_1',
          transaction: 'contexts_com_snowplowanalytics_snowplow_ecommerce_transaction_1',
          checkout_step: 'contexts_com_snowplowanalytics_snowplow_ecommerce_checkout_step_1',
          refund: 'contexts_com_snowplowanalytics_snowplow_ecommerce_refund_1',
          site_search: 'unstruct_event_com_snowplowanalytics_snowplow_site_search_1',
        },
      },
    ],
    segment: [
      {
        site_id: 'seg',
        dataset: 'segment_web',
        event_tables: ['product_viewed', 'products_searched', 'checkout_step_completed', 'order_completed'],
        purchases_are_orders: true,
        assumed_consent: ['analytics', 'personalization'],
        event_names: { video_played: 'video' },
      },
    ],
  }`;

/** A copy of this project with adapters in its settings, and how to remove it. */
export function projectWithAdapters(): { readonly dir: string; remove(): void } {
  return projectWithSettings({ '{ ga4: [], snowplow: [], segment: [] }': adapters });
}
