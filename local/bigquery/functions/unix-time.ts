import { each, fixed, scalar } from './entry';
import type { FunctionCall, FunctionMapping } from './mapping';
import { microsInRange } from './range';
import { TIMESTAMPS } from './timestamp-cases';
import { unixTime } from './timestamp-parts';

const unixUnits = (unit: number): ((call: FunctionCall) => string) =>
  fixed((x = '') => unixTime(x, unit));

function fromUnits(name: string, unit: number): FunctionMapping {
  return scalar(
    name,
    `${name.toUpperCase()}(n)`,
    (call) =>
      `make_timestamptz(${microsInRange(`${call.args[0]}${unit === 1 ? '' : ` * ${unit}`}`, name.toUpperCase())})`,
    [
      each(`${name.toUpperCase()}(x)`, '[NULL, 0, -1, 1709251199, -62135596800]'),
      `${name.toUpperCase()}(9223372036854775807)`,
      `${name.toUpperCase()}(${(253402300800n * 1_000_000n) / BigInt(unit)})`,
    ],
  );
}

export const unixTimeFunctions: readonly FunctionMapping[] = [
  fromUnits('timestamp_seconds', 1_000_000),
  fromUnits('timestamp_millis', 1_000),
  fromUnits('timestamp_micros', 1),
  scalar('unix_seconds', 'UNIX_SECONDS(timestamp)', unixUnits(1_000_000), [
    each('UNIX_SECONDS(x)', TIMESTAMPS),
  ]),
  scalar('unix_millis', 'UNIX_MILLIS(timestamp)', unixUnits(1_000), [
    each('UNIX_MILLIS(x)', TIMESTAMPS),
  ]),
  scalar('unix_micros', 'UNIX_MICROS(timestamp)', unixUnits(1), [
    each('UNIX_MICROS(x)', TIMESTAMPS),
  ]),
];
