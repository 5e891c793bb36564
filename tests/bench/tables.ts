import type { Column } from '@tributary/local/bigquery/sql/catalog';
import { parseType } from '@tributary/local/bigquery/sql/parse-type';
import { createDataset } from '@tributary/local/bigquery/storage/dataset-changes';
import type { Storage } from '@tributary/local/bigquery/storage/storage';
import { createTableAs } from '@tributary/local/bigquery/storage/table-changes';

export const PROJECT = 'bench-project';
export const DATASET = 'bench';

const NOW = Date.UTC(2026, 3, 1);

/** Pseudorandom whole numbers below `below`, a pure function of `key` and `seed`. */
const random = (key: string, seed: number, below: number): string =>
  `CAST(hash(${key}, ${seed}) % ${below} AS BIGINT)`;

const pick = (index: string, values: readonly string[]): string =>
  `list_extract(['${values.join("', '")}'], 1 + ${index})`;

/** A visitor comes back in up to five spells of an hour, in the course of 90 days. */
const eventRows = (events: number): string => `
  SELECT
    i,
    ${random('i', 1, Math.ceil(events / 12))} AS visitor,
    TIMESTAMPTZ '2026-01-01 00:00:00+00'
      + to_seconds(${random('visitor, i % 5', 2, 90 * 86_400)} + ${random('i', 3, 3600)})
      + to_microseconds(${random('i', 4, 1_000_000)}) AS occurred_at,
    ${random('i', 5, 20)} AS kind,
    ${random('i', 6, 400)} AS page
  FROM range(${events}) AS events(i)`;

const EVENT_NAME = `CASE
  WHEN kind < 12 THEN 'page_view' WHEN kind < 16 THEN 'engagement' WHEN kind < 18 THEN 'add_to_cart'
  WHEN kind < 19 THEN 'search' WHEN page < 300 THEN 'purchase' ELSE 'registration' END`;

const SOURCE = `CASE WHEN page % 6 = 0
  THEN ${pick('page // 6 % 5', ['google', 'bing', 'newsletter', 'facebook', '(direct)'])} END`;

const events = (count: number): string => `
  SELECT md5(CAST(i AS VARCHAR)), md5('v' || visitor), ${EVENT_NAME}, occurred_at, ${SOURCE},
    '/category/' || page % 20 || '/product/' || page,
    CASE WHEN kind BETWEEN 12 AND 15 THEN page % 60 - 2 END
  FROM (${eventRows(count)})`;

const param = (key: string, kind: 'string' | 'int', value: string): string => `{'key': '${key}',
  'value': {'string_value': ${kind === 'string' ? value : 'NULL::VARCHAR'},
    'int_value': ${kind === 'int' ? value : 'NULL::BIGINT'},
    'float_value': NULL::DOUBLE, 'double_value': NULL::DOUBLE}}`;

/** GA4's export: what is asked about an event stands in an array of keys and values. */
const gaEvents = (count: number): string => `
  SELECT md5(CAST(i AS VARCHAR)), 'v' || visitor, ${EVENT_NAME}, epoch_us(occurred_at),
    list_concat([
      ${param('ga_session_number', 'int', '1 + i % 7')},
      ${param('page_title', 'string', "'Product ' || page")},
      ${param('page_location', 'string', "'https://shop.example/product/' || page")},
      ${param('ga_session_id', 'int', 'visitor * 1000 + i % 5')},
      ${param('engagement_time_msec', 'int', 'page * 100')}
    ], CASE WHEN page % 4 = 0
      THEN [${param('page_referrer', 'string', "'https://www.google.com/'")},
        ${param('gclid', 'string', "'EAIaIQ' || i")}]
      ELSE [] END)
  FROM (${eventRows(count)})`;

/** One conversion for each tenth visitor or so, some time after a session of it. */
const CONVERSIONS = `
  SELECT md5('c' || session_id), visitor_id,
    started_at + to_seconds(${random('session_id', 8, 86_400)})
  FROM "${PROJECT}.${DATASET}".sessions WHERE ${random('session_id', 7, 40)} = 0`;

interface Table {
  readonly name: string;
  /** "name TYPE, name TYPE", of GoogleSQL. */
  readonly columns: string;
}

const PARAM_VALUE =
  'STRUCT<string_value STRING, int_value INT64, float_value FLOAT64, double_value FLOAT64>';

export const EVENTS: Table = {
  name: 'events',
  columns:
    'event_id STRING; visitor_id STRING; event_name STRING; occurred_at TIMESTAMP; source STRING; page_path STRING; engaged_seconds INT64',
};
export const GA_EVENTS: Table = {
  name: 'ga_events',
  columns: `event_id STRING; user_pseudo_id STRING; event_name STRING; event_timestamp INT64; event_params ARRAY<STRUCT<key STRING, value ${PARAM_VALUE}>>`,
};
const CONVERSION_TABLE: Table = {
  name: 'conversions',
  columns: 'conversion_id STRING; visitor_id STRING; converted_at TIMESTAMP',
};

export function columnsOf({ columns }: Table): Column[] {
  return columns.split('; ').map((text) => {
    const [name = '', ...type] = text.split(' ');
    return { name, type: parseType(type.join(' ')) };
  });
}

/** Makes a table of the catalog from the rows of DuckDB SQL, by position. */
export function makeTable(storage: Storage, name: string, columns: readonly Column[], sql: string) {
  return storage.write((session) => {
    const path = { project: PROJECT, dataset: DATASET, table: name };
    const times = { createdAt: NOW, modifiedAt: NOW };
    return createTableAs(session, { path, kind: 'TABLE', columns, ...times }, sql, true);
  });
}

/** The tables of events; seeded by nothing but their numbers, so that every run has the same. */
export async function makeEvents(storage: Storage, count: number): Promise<void> {
  const path = { project: PROJECT, dataset: DATASET };
  await storage.write((session) =>
    createDataset(session, { path, location: 'EU', createdAt: NOW, modifiedAt: NOW }),
  );
  await makeTable(storage, EVENTS.name, columnsOf(EVENTS), events(count));
  await makeTable(storage, GA_EVENTS.name, columnsOf(GA_EVENTS), gaEvents(count));
}

/** Needs the table sessions. */
export async function makeConversions(storage: Storage): Promise<void> {
  await makeTable(storage, CONVERSION_TABLE.name, columnsOf(CONVERSION_TABLE), CONVERSIONS);
}
