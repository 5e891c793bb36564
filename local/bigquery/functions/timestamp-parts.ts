import { PART_MICROSECONDS, refusePart } from './date-parts';
import { datetimeTruncation, lengthOf } from './datetime-parts';
import { microsInRange } from './range';
import { bindOnce } from './sql-text';
import { toLocal, toTimestamp, utcDatetime, utcTimestamp, type Zone } from './time-zone';

/** A TIMESTAMP moved by n parts of fixed length; a DAY is 24 hours. */
export function timestampShift(x: string, n: string, part: string, sign: '+' | '-'): string {
  if (part === 'WEEK') return refusePart('TIMESTAMP_ADD', part);
  const what = sign === '+' ? 'TIMESTAMP_ADD' : 'TIMESTAMP_SUB';
  const moved = `epoch_us(${x}) ${sign} ${lengthOf(n, part, what)}`;
  return `make_timestamptz(${microsInRange(moved, what)})`;
}

/** Whole units between two TIMESTAMPs, toward zero: 59 minutes are no HOUR. */
export function timestampDifference(later: string, earlier: string, part: string): string {
  const unit = PART_MICROSECONDS[part];
  if (unit === undefined) return refusePart('TIMESTAMP_DIFF', part);
  const microseconds = `(epoch_us(${later}) - epoch_us(${earlier}))`;
  return unit === 1n ? microseconds : `(${microseconds} // ${unit})`;
}

/**
 * The start of the part in a zone. Hours and shorter are cut in the offset of that very instant,
 * so that the hour that a clock shows twice stays two hours.
 */
export function timestampTruncation(x: string, part: string, zone: Zone | undefined): string {
  if (part === 'MICROSECOND') {
    // The zone changes nothing, but it must be one.
    return zone === undefined
      ? x
      : bindOnce(
          [x],
          (instant) => `CASE WHEN ${toLocal(instant, zone)} IS NOT NULL THEN ${instant} END`,
        );
  }
  if (zone === undefined) return utcTimestamp(datetimeTruncation(utcDatetime(x), part));
  const unit = PART_MICROSECONDS[part];
  if (unit === undefined || part === 'DAY')
    return toTimestamp(datetimeTruncation(toLocal(x, zone), part), zone);
  return bindOnce(
    [x, `epoch_us(${toLocal(x, zone)})`],
    (instant, local) =>
      `make_timestamptz(${microsInRange(`epoch_us(${instant}) - (${local} % ${unit} + ${unit}) % ${unit}`, 'TIMESTAMP_TRUNC')})`,
  );
}

// A multiple of every unit that makes all microseconds from year 1 positive.
const BIAS = 63_000_000_000_000_000n;

/** Whole units of so many microseconds since 1970, rounded down, also before it. */
export function unixTime(timestamp: string, unit: number): string {
  if (unit === 1) return `epoch_us(${timestamp})`;
  return `((epoch_us(${timestamp}) + ${BIAS}) // ${unit} - ${BIAS / BigInt(unit)})`;
}
