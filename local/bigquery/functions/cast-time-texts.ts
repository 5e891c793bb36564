/** Texts that the proof of CAST reads as TIME, DATETIME and TIMESTAMP, and texts that are none. */
const RARE_TIMES = ['23:59:60', '12:59:60.5', '1:2:60', '12:34:56.5'];
const BAD_TIMES = [
  '12:34:61',
  '12:60:60',
  '24:00:60',
  '12:34:56.',
  '12:34:60.',
  '12:34:600',
  '12:34',
];

export const TIME_TEXTS: readonly string[] = [
  '00:00:00',
  '23:59:59.999999',
  '1:2:3',
  ...RARE_TIMES,
];

export const BAD_TIME_TEXTS: readonly string[] = [
  '',
  '24:00:00',
  '12:60:00',
  '12:34:56.1234567',
  'T12:34:56',
  ...BAD_TIMES,
];

export const DATETIME_TEXTS: readonly string[] = [
  '2024-02-29 12:34:56',
  '2024-02-29T12:34:56.789',
  '2024-02-29',
  '2024-2-9 1:2:3',
  ...RARE_TIMES.flatMap((time) => [`2024-02-29 ${time}`, `2024-2-29t${time}`]),
];

export const BAD_DATETIME_TEXTS: readonly string[] = [
  '',
  '2023-02-29 00:00:00',
  '2024-02-29 24:00:00',
  '2024-02-29 12:34:56Z',
  '2023-02-29t00:00:00',
  '9999-12-31 23:59:60',
  '2024-02-29t',
  '2024-02-29tt12:34:56',
  ...BAD_TIMES.map((time) => `2024-02-29 ${time}`),
];

export const TIMESTAMP_TEXTS: readonly string[] = [
  '2024-02-29 12:34:56',
  '2024-02-29T12:34:56.789Z',
  '2024-02-29',
  '2024-02-29 12:34:56+02',
  '2024-02-29 12:34:56-03:30',
  '2024-02-29 12:34:56.000001+00:00',
  '2024-2-9 1:2:3',
  '2024-02-29 12:34:56 America/New_York',
  '2024-02-29 12:34:56 UTC',
  '2024-11-03 01:30:00 America/New_York',
  '2024-02-29 12:34:56+5',
  ...RARE_TIMES.flatMap((time) => [`2024-02-29 ${time}`, `2024-2-29t${time}`]),
  ...['Z', '+01', '-0330', ' Europe/Berlin', ' Pacific/Auckland'].flatMap((zone) => [
    `2024-12-31 23:59:60${zone}`,
    `2024-12-31t23:59:60.5${zone}`,
    `2024-12-31t23:59:59.25${zone}`,
  ]),
  ...['+100', '+1:3', '-0800', '+14', '-14:00', ' UTC-08:30'].map(
    (offset) => `2024-02-29 12:34:56${offset}`,
  ),
  '2024-02-29 12:34:56 Etc/GMT+5',
  '2024-02-29 12:34:56 EST5EDT',
  '2024-02-29 12:34:56 Zulu',
  '2024-02-29 12:34:56 UTC+1',
];

export const BAD_TIMESTAMP_TEXTS: readonly string[] = [
  '',
  '2023-02-29 00:00:00',
  '2024-02-29 24:00:00',
  '2024-02-29 12:34',
  'yesterday',
  '2024-02-29 12:34:56 Nowhere/Land',
  ...BAD_TIMES.map((time) => `2024-02-29 ${time}`),
  ...['+14:01', '+14:30', '-15', '+1:', ' +1', '+01:60', '.+01'].map(
    (offset) => `2024-02-29 12:34:56${offset}`,
  ),
  '9999-12-31 23:59:60',
  ...['BST', 'PST', 'utc', 'europe/berlin', 'Z', 'America/Foo', 'X'].map(
    (zone) => `2024-02-29 12:34:56 ${zone}`,
  ),
  '2024-02-29 12:34:56+25',
  '2024-02-29 12:34:60',
];
