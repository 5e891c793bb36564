type Calls = Readonly<Record<string, readonly string[]>>;

const json = (name: string, withoutPath = true): readonly string[] => [
  `${name}({JSONTEXT}, {PATH})`,
  `${name}({JSONTEXT}, '$.a')`,
  `${name}({JSON}, {PATH})`,
  ...(withoutPath ? [`${name}({JSONTEXT})`] : []),
];

const shifts = (name: string, pool: string, part: string): readonly string[] => [
  `${name}({${pool}}, INTERVAL {SHIFT} {${part}})`,
];

const JSON_NAMES = [
  'json_value',
  'json_extract_scalar',
  'json_query',
  'json_extract',
  'json_query_array',
  'json_extract_array',
  'json_value_array',
  'json_extract_string_array',
];

const ANY = [
  'INT',
  'FLOAT',
  'NUM',
  'BOOL',
  'TEXT',
  'BYTES',
  'DATE',
  'TIME',
  'TS',
  'DATETIME',
  'JSON',
  'INTS',
  'TEXTS',
  'FLOATS',
];
const anyOf = (template: string): readonly string[] =>
  ANY.map((pool) => template.replaceAll('{X}', `{${pool}}`));

/** JSON, text of values, dates and times. */
export const DATA_CALLS: Calls = {
  ...Object.fromEntries(JSON_NAMES.map((name) => [name, json(name.toUpperCase())])),
  json_type: ['JSON_TYPE({JSON})'],
  parse_json: ['PARSE_JSON({JSONTEXT})', 'SAFE.PARSE_JSON({JSONTEXT})'],
  to_json_string: [
    ...anyOf('TO_JSON_STRING({X})'),
    'TO_JSON_STRING(STRUCT({TEXT} AS a, {FLOAT} AS b))',
  ],
  to_json: anyOf('TO_JSON({X})'),
  int64: ['INT64({JSON})'],
  float64: ['FLOAT64({JSON})'],
  bool: ['BOOL({JSON})'],
  string: [
    'STRING({JSON})',
    'STRING({TS}, {ZONE})',
    'STRING({DATE})',
    'STRING({DATETIME})',
    'STRING({TS})',
  ],
  format: [
    'FORMAT({PRINTF}, {INT})',
    'FORMAT({PRINTF_FLOAT}, {FLOAT})',
    'FORMAT({PRINTF_FLOAT}, {NUM})',
    'FORMAT({PRINTF_TEXT}, {TEXT})',
    ...anyOf('FORMAT({PRINTF_ANY}, {X})'),
  ],
  date: [
    'DATE({SMALL}, {SMALL}, {SMALL})',
    'DATE({INT}, 1, 1)',
    'DATE({TS})',
    'DATE({TS}, {ZONE})',
    'DATE({DATETIME})',
    'DATE(2024, {SMALL}, {SMALL})',
  ],
  date_add: [
    ...shifts('DATE_ADD', 'DATE', 'DATEPART'),
    'DATE_ADD({TS}, INTERVAL {SHIFT} {TSPART})',
    'DATE_ADD({DATETIME}, INTERVAL {SHIFT} {DTPART})',
  ],
  date_sub: shifts('DATE_SUB', 'DATE', 'DATEPART'),
  date_diff: [
    'DATE_DIFF({DATE}, {DATE}, {DATETRUNC})',
    'DATE_DIFF({TS}, {TS}, {TSPART})',
    'DATE_DIFF({DATETIME}, {DATETIME}, {DTTRUNC})',
  ],
  date_trunc: [
    'DATE_TRUNC({DATE}, {DATETRUNC})',
    'DATE_TRUNC({DATETIME}, {DTTRUNC})',
    'DATE_TRUNC({TS}, {DTTRUNC})',
    'DATE_TRUNC({TS}, {DTTRUNC}, {ZONE})',
  ],
  last_day: [
    'LAST_DAY({DATE})',
    'LAST_DAY({DATE}, {DATETRUNC})',
    'LAST_DAY({DATETIME}, {DATETRUNC})',
  ],
  date_from_unix_date: ['DATE_FROM_UNIX_DATE({EPOCH})'],
  unix_date: ['UNIX_DATE({DATE})'],
  generate_date_array: [
    "GENERATE_DATE_ARRAY({DATE}, DATE '2024-03-01', INTERVAL 3 YEAR)",
    'GENERATE_DATE_ARRAY({DATE}, DATE_ADD({DATE}, INTERVAL 3 MONTH), INTERVAL {SMALL} MONTH)',
    "GENERATE_DATE_ARRAY(DATE '9999-12-01', {DATE}, INTERVAL 1 {DATEPART})",
    'GENERATE_DATE_ARRAY({DATE}, {DATE}, INTERVAL 100000 DAY)',
  ],
  datetime: [
    'DATETIME({INT}, 1, 1, 0, 0, 0)',
    'DATETIME(2024, {SMALL}, {SMALL}, {SMALL}, {SMALL}, {SMALL})',
    'DATETIME({DATE})',
    'DATETIME({DATE}, {TIME})',
    'DATETIME({TS})',
    'DATETIME({TS}, {ZONE})',
    'DATETIME({DATETEXT})',
  ],
  datetime_add: shifts('DATETIME_ADD', 'DATETIME', 'DTPART'),
  datetime_sub: shifts('DATETIME_SUB', 'DATETIME', 'DTPART'),
  datetime_diff: ['DATETIME_DIFF({DATETIME}, {DATETIME}, {DTTRUNC})'],
  datetime_trunc: ['DATETIME_TRUNC({DATETIME}, {DTTRUNC})'],
  timestamp: [
    'TIMESTAMP({DATETEXT})',
    'TIMESTAMP({DATETEXT}, {ZONE})',
    'TIMESTAMP({DATE})',
    'TIMESTAMP({DATE}, {ZONE})',
    'TIMESTAMP({DATETIME})',
    'TIMESTAMP({DATETIME}, {ZONE})',
  ],
  timestamp_add: shifts('TIMESTAMP_ADD', 'TS', 'TSPART'),
  timestamp_sub: shifts('TIMESTAMP_SUB', 'TS', 'TSPART'),
  timestamp_diff: ['TIMESTAMP_DIFF({TS}, {TS}, {TSPART})'],
  timestamp_trunc: ['TIMESTAMP_TRUNC({TS}, {DTTRUNC})', 'TIMESTAMP_TRUNC({TS}, {DTTRUNC}, {ZONE})'],
  timestamp_seconds: ['TIMESTAMP_SECONDS({EPOCH})'],
  timestamp_millis: ['TIMESTAMP_MILLIS({EPOCH})'],
  timestamp_micros: ['TIMESTAMP_MICROS({EPOCH})'],
  unix_seconds: ['UNIX_SECONDS({TS})'],
  unix_millis: ['UNIX_MILLIS({TS})'],
  unix_micros: ['UNIX_MICROS({TS})'],
  generate_timestamp_array: [
    'GENERATE_TIMESTAMP_ARRAY({TS}, {TS}, INTERVAL 30000 DAY)',
    'GENERATE_TIMESTAMP_ARRAY({TS}, TIMESTAMP_ADD({TS}, INTERVAL 3 DAY), INTERVAL 1000 DAY)',
  ],
  current_timestamp: ['CURRENT_TIMESTAMP() > {TS}'],
  current_date: ['CURRENT_DATE({ZONE}) IS NULL'],
  current_datetime: ['CURRENT_DATETIME({ZONE}) IS NULL'],
  time: ['TIME({SMALL}, {SMALL}, {SMALL})', 'TIME({TS})', 'TIME({TS}, {ZONE})', 'TIME({DATETIME})'],
  time_add: shifts('TIME_ADD', 'TIME', 'CLOCKPART'),
  time_sub: shifts('TIME_SUB', 'TIME', 'CLOCKPART'),
  time_diff: ['TIME_DIFF({TIME}, {TIME}, {CLOCKPART})'],
  time_trunc: ['TIME_TRUNC({TIME}, {CLOCKPART})'],
  $extract: [
    'EXTRACT({EXTRACTPART} FROM {DATE})',
    'EXTRACT({EXTRACTPART} FROM {TS})',
    'EXTRACT({EXTRACTPART} FROM {TS} AT TIME ZONE {ZONE})',
    'EXTRACT({CLOCKPART} FROM {TS} AT TIME ZONE {ZONE})',
    'EXTRACT({CLOCKPART} FROM {DATETIME})',
    'EXTRACT({CLOCKPART} FROM {TIME})',
    'EXTRACT({EXTRACTPART} FROM {DATETIME})',
  ],
  $extract_date: [
    'EXTRACT(DATE FROM {TS})',
    'EXTRACT(DATE FROM {TS} AT TIME ZONE {ZONE})',
    'EXTRACT(DATE FROM {DATETIME})',
  ],
  $extract_time: ['EXTRACT(TIME FROM {TS} AT TIME ZONE {ZONE})', 'EXTRACT(TIME FROM {DATETIME})'],
  $extract_datetime: ['EXTRACT(DATETIME FROM {TS} AT TIME ZONE {ZONE})'],
  format_date: ['FORMAT_DATE({DATEFORMAT}, {DATE})', 'FORMAT_DATE({DATEFORMAT}, {DATETIME})'],
  format_datetime: [
    'FORMAT_DATETIME({DTFORMAT}, {DATETIME})',
    'FORMAT_DATETIME({DATEFORMAT}, {DATETIME})',
  ],
  format_timestamp: [
    'FORMAT_TIMESTAMP({DTFORMAT}, {TS})',
    'FORMAT_TIMESTAMP({DTFORMAT}, {TS}, {ZONE})',
    'FORMAT_TIMESTAMP({DATEFORMAT}, {TS}, {ZONE})',
  ],
  format_time: ['FORMAT_TIME({DTFORMAT}, {TIME})'],
  parse_date: [
    'PARSE_DATE({DATEPARSE}, {DATETEXT})',
    'PARSE_DATE({DATEPARSE}, FORMAT_DATE({DATEPARSE}, {DATE}))',
  ],
  parse_datetime: [
    'PARSE_DATETIME({DTPARSE}, {DATETEXT})',
    'PARSE_DATETIME({DTPARSE}, FORMAT_DATETIME({DTPARSE}, {DATETIME}))',
  ],
  parse_timestamp: [
    'PARSE_TIMESTAMP({DTPARSE}, {DATETEXT})',
    'PARSE_TIMESTAMP({DTPARSE}, {DATETEXT}, {ZONE})',
    'PARSE_TIMESTAMP({DTPARSE}, FORMAT_TIMESTAMP({DTPARSE}, {TS}))',
  ],
};
