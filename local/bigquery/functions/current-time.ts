import { scalar } from './entry';
import type { FunctionMapping } from './mapping';
import { toLocal, zoneArgument } from './time-zone';

export const currentTimeFunctions: readonly FunctionMapping[] = [
  scalar('current_timestamp', 'CURRENT_TIMESTAMP()', () => 'now()', [
    "CURRENT_TIMESTAMP() > TIMESTAMP '2024-01-01 00:00:00+00'",
    'TIMESTAMP_DIFF(CURRENT_TIMESTAMP(), CURRENT_TIMESTAMP(), SECOND)',
  ]),
  scalar(
    'current_date',
    'CURRENT_DATE([zone])',
    (call) => `CAST(${toLocal('now()', zoneArgument(call.args, call.constants, 0))} AS DATE)`,
    [
      'CURRENT_DATE() = DATE(CURRENT_TIMESTAMP())',
      "CURRENT_DATE('Asia/Tokyo') = DATE(CURRENT_TIMESTAMP(), 'Asia/Tokyo')",
    ],
  ),
  scalar(
    'current_datetime',
    'CURRENT_DATETIME([zone])',
    (call) => toLocal('now()', zoneArgument(call.args, call.constants, 0)),
    ["CURRENT_DATETIME('Asia/Tokyo') = DATETIME(CURRENT_TIMESTAMP(), 'Asia/Tokyo')"],
  ),
];
