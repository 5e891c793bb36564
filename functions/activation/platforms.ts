import type { Row } from '../warehouse/warehouse';

/** Accounts that uploads go to, as includes/settings.js or the environment names them. */
export interface Accounts {
  readonly googleAdsCustomerId?: string;
  readonly metaPixelId?: string;
}

/** One platform's table of rows to upload, and how its requests look. */
export interface Platform {
  readonly name: string;
  /** Model that holds the rows, and why some are held back. */
  readonly table: string;
  readonly api: string;
  /** Rows that one request may carry. */
  readonly batchLimit: number;
  readonly columns: readonly string[];
  /** Where the request goes; its secrets are never part of it. */
  endpoint(accounts: Accounts): string;
  /** The body of a request with these rows. */
  requestBody(rows: readonly Row[], accounts: Accounts): Record<string, unknown>;
}

const unset = '(not set)';

/**
 * Data Manager API: the way for new adopters of Google Ads. It has no field for credit, so each
 * row is a conversion of its own, whose value is scaled by its credit.
 */
const googleAds: Platform = {
  name: 'google_ads',
  table: 'out_google_ads__conversions',
  api: 'Data Manager API v1, events:ingest',
  batchLimit: 2000,
  columns: [
    'upload_key',
    'action_name',
    'gclid',
    'gbraid',
    'wbraid',
    'conversion_at',
    'value_amount_base',
    'currency_code',
    'ad_user_data',
    'ad_personalization',
  ],
  endpoint: () => 'POST https://datamanager.googleapis.com/v1/events:ingest',
  requestBody(rows, accounts) {
    const actions = [...new Set(rows.map((row) => String(row.action_name)))].sort();
    return {
      destinations: actions.map((action) => ({
        reference: action,
        operatingAccount: {
          accountType: 'GOOGLE_ADS',
          accountId: accounts.googleAdsCustomerId ?? unset,
        },
        productDestinationId: action,
      })),
      events: rows.map((row) => ({
        destinationReferences: [row.action_name],
        transactionId: row.upload_key,
        eventTimestamp: row.conversion_at,
        eventSource: 'WEB',
        adIdentifiers: present({ gclid: row.gclid, gbraid: row.gbraid, wbraid: row.wbraid }),
        conversionValue: Number(row.value_amount_base),
        currency: row.currency_code,
        consent: {
          adUserData: `CONSENT_${String(row.ad_user_data)}`,
          adPersonalization: `CONSENT_${String(row.ad_personalization)}`,
        },
      })),
      encoding: 'HEX',
      validateOnly: true,
    };
  },
};

/** Conversions API: a custom event per conversion and click, its value scaled by its credit. */
const meta: Platform = {
  name: 'meta',
  table: 'out_meta__events',
  api: 'Conversions API',
  batchLimit: 1000,
  columns: [
    'upload_key',
    'event_id',
    'action_name',
    'fbc',
    'email_sha256s',
    'event_at',
    'value_amount_base',
    'currency_code',
    'ad_personalization',
  ],
  endpoint: (accounts) => `POST https://graph.facebook.com/${accounts.metaPixelId ?? unset}/events`,
  requestBody: (rows) => ({
    data: rows.map((row) => ({
      event_name: row.action_name,
      event_id: row.event_id,
      event_time: Math.floor(Date.parse(String(row.event_at)) / 1000),
      action_source: 'system_generated',
      user_data: present({ fbc: row.fbc, em: row.email_sha256s }),
      custom_data: { value: Number(row.value_amount_base), currency: row.currency_code },
      // Limited data use: Meta may measure with the event, not personalise.
      ...(row.ad_personalization === 'GRANTED'
        ? {}
        : {
            data_processing_options: ['LDU'],
            data_processing_options_country: 0,
            data_processing_options_state: 0,
          }),
    })),
  }),
};

export const platforms: readonly Platform[] = [googleAds, meta];

/** Only what has a value: platforms refuse null and empty lists. */
function present(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const isThere = (value: unknown) =>
    value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0);
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => isThere(value)));
}
