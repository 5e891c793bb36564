import {
  calendarInterval,
  dateDifference,
  PART_MICROSECONDS,
  refusePart,
  truncateDate,
} from './date-parts';

import { datetimeInRange, microsInRange } from './range';

/** A DATETIME moved by n parts; months keep the day or take the month's last. */
export function datetimeShift(x: string, n: string, part: string, sign: '+' | '-'): string {
  const interval = calendarInterval(n, part);
  const what = sign === '+' ? 'DATETIME_ADD' : 'DATETIME_SUB';
  if (interval !== undefined) return datetimeInRange(`(${x} ${sign} ${interval})`, what);
  const moved = `epoch_us(${x}) ${sign} ${lengthOf(n, part, what)}`;
  return `make_timestamp(${microsInRange(moved, what)})`;
}

/** Microseconds of n parts of fixed length. */
export function lengthOf(n: string, part: string, what: string): string {
  const unit = part === 'WEEK' ? 604_800_000_000n : PART_MICROSECONDS[part];
  if (unit === undefined) return refusePart(what, part);
  return `${n} * ${unit}`;
}

/** How many starts of the part lie between two DATETIMEs. */
export function datetimeDifference(later: string, earlier: string, part: string): string {
  const unit = PART_MICROSECONDS[part];
  if (unit === undefined || part === 'DAY') {
    return dateDifference(`CAST(${later} AS DATE)`, `CAST(${earlier} AS DATE)`, part);
  }
  if (unit === 1n) return `(epoch_us(${later}) - epoch_us(${earlier}))`;
  return `date_diff('${part.toLowerCase()}', ${earlier}, ${later})`;
}

export function datetimeTruncation(x: string, part: string): string {
  if (part === 'MICROSECOND') return x;
  if (PART_MICROSECONDS[part] !== undefined) return `date_trunc('${part.toLowerCase()}', ${x})`;
  return `CAST(${truncateDate(`CAST(${x} AS DATE)`, part)} AS TIMESTAMP)`;
}
