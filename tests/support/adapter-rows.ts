import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { OtherTable, Warehouse } from '@tributary/functions/warehouse/warehouse';
import { parse } from 'yaml';

const fixtures = resolve(__dirname, '../adapters');
const schemas = resolve(__dirname, '../schemas');

/** A row as a fixture writes it: short, with times as `YYYY-MM-DD hh:mm:ss` in UTC. */
type Short = Readonly<Record<string, unknown>>;

const read = (path: string) => readFileSync(join(fixtures, path), 'utf8');

/** Makes a day's table of GA4's export, or makes it anew. */
export async function loadGa4(warehouse: Warehouse, suffix: string, files: string[]) {
  const rows = files.flatMap((file) => parse(read(`ga4/${file}.yaml`)) as Short[]);
  const table = `analytics_123456789.events_${suffix}` as const;
  await fill(warehouse, table, 'analytics_123456789.events_', rows.map(ga4Row));
}

export async function loadSnowplow(warehouse: Warehouse) {
  const rows = (parse(read('snowplow/events.yaml')) as Short[]).map(snowplowRow);
  await fill(warehouse, 'atomic.events', 'atomic.events', rows);
}

export async function loadSegment(warehouse: Warehouse) {
  const tables = parse(read('segment/rows.yaml')) as Record<string, Short[]>;
  for (const [name, rows] of Object.entries(tables))
    await fill(warehouse, `segment_web.${name}`, `segment_web.${name}`, rows.map(segmentRow));
}

/** @param schema name of the file of columns in tests/schemas */
async function fill(warehouse: Warehouse, table: OtherTable, schema: string, rows: object[]) {
  const types = parse(readFileSync(join(schemas, `${schema}.yaml`), 'utf8')) as object;
  const columns = Object.entries(types).map(([name, type]) => `${name} ${type}`);
  await warehouse.query(`CREATE SCHEMA IF NOT EXISTS ${table.split('.')[0]}`);
  await warehouse.query(`CREATE OR REPLACE TABLE ${table} (${columns.join(', ')})`);
  if (rows.length === 0) return;
  const dir = mkdtempSync(join(tmpdir(), 'tributary-rows-'));
  const file = join(dir, 'rows.ndjson');
  writeFileSync(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  await warehouse.loadFile(table, file);
  rmSync(dir, { recursive: true });
}

/** One event of GA4's export, with the nesting that its schema documents. */
function ga4Row(short: Short): object {
  const day = String(short.at).slice(0, 10).replaceAll('-', '');
  const texts = {
    page_location: short.page,
    page_referrer: short.referrer,
    search_term: short.search,
    currency: short.currency,
  };
  const numbers = { ga_session_id: short.session, engagement_time_msec: short.engaged };
  const parameters = (values: object, field: string) =>
    Object.entries(values)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => ({ key, value: { [field]: value } }));
  return {
    event_date: day,
    event_timestamp: Date.parse(`${short.at}Z`) * 1000,
    event_name: short.name,
    event_params: [...parameters(texts, 'string_value'), ...parameters(numbers, 'int_value')],
    event_bundle_sequence_id: 1,
    user_id: short.user ?? null,
    user_pseudo_id: short.cookie ?? null,
    privacy_info: {
      analytics_storage: short.analytics ?? 'Yes',
      ads_storage: short.ads ?? 'Yes',
      uses_transient_token: 'No',
    },
    device: { category: short.device ?? 'desktop' },
    stream_id: '1',
    platform: 'WEB',
    ecommerce: short.ecommerce ?? null,
    items: short.items ?? [],
    collected_traffic_source: short.collected ?? null,
    batch_event_index: short.index ?? 0,
    batch_page_id: Date.parse(`${short.at}Z`),
    batch_ordering_id: 1,
  };
}

const browser = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
const ecommerce = 'contexts_com_snowplowanalytics_snowplow_ecommerce_';

function snowplowRow(short: Short): object {
  const { at, received, action, products, transaction, step, refund, terms, ...columns } = short;
  const one = (value: unknown) => (value === undefined ? [] : [value]);
  return {
    app_id: 'shop',
    platform: 'web',
    useragent: browser,
    dvce_type: 'Computer',
    derived_tstamp: at,
    collector_tstamp: received ?? at,
    load_tstamp: received ?? at,
    ...columns,
    unstruct_event_com_snowplowanalytics_snowplow_ecommerce_snowplow_ecommerce_action_1:
      action === undefined ? null : { type: action },
    unstruct_event_com_snowplowanalytics_snowplow_site_search_1:
      terms === undefined ? null : { terms },
    [`${ecommerce}product_1`]: products ?? [],
    [`${ecommerce}transaction_1`]: one(transaction),
    [`${ecommerce}checkout_step_1`]: step === undefined ? [] : [{ step }],
    [`${ecommerce}refund_1`]: one(refund),
  };
}

function segmentRow({ at, received, ...columns }: Short): object {
  const times = { timestamp: at, original_timestamp: at, sent_at: at };
  return {
    ...times,
    received_at: received ?? at,
    loaded_at: received ?? at,
    context_user_agent: browser,
    ...columns,
  };
}
