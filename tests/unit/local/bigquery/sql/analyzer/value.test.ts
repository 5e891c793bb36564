import {
  dateDays,
  dateText,
  datetimeText,
  numericFromBytes,
  numericToBytes,
  packDatetime,
  packTime,
  timestampMicros,
  timestampText,
  timeText,
} from '@tributary/local/bigquery/sql/analyzer/value';
import fc from 'fast-check';

const FIRST_MICROS = timestampMicros('0001-01-01 00:00:00');
const LAST_MICROS = timestampMicros('9999-12-31 23:59:59.999999');

test('NUMERIC keeps all 38 digits, both ways', () => {
  const limit = 10n ** 38n - 1n;
  fc.assert(
    fc.property(fc.bigInt({ min: -limit, max: limit }), (scaled) => {
      const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(10, '0');
      const text = `${scaled < 0n ? '-' : ''}${digits.slice(0, -9)}.${digits.slice(-9)}`;
      const trimmed = text.replace(/\.?0+$/, '');
      expect(numericFromBytes(numericToBytes(text))).toBe(trimmed === '-0' ? '0' : trimmed);
    }),
  );
  expect(numericFromBytes(new Uint8Array())).toBe('0');
});

test('times before and after 1970 go both ways to the microsecond', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: FIRST_MICROS, max: LAST_MICROS }), (micros) => {
      const text = timestampText(micros);
      expect(timestampMicros(text)).toBe(micros);
      const civil = text.slice(0, -3);
      const { packed, nanos } = packDatetime(civil);
      expect(datetimeText(packed, nanos)).toBe(civil);
      expect(timeText(packTime(civil.slice(11)))).toBe(civil.slice(11));
      expect(dateText(dateDays(civil.slice(0, 10)))).toBe(civil.slice(0, 10));
    }),
  );
});

test('what is not a time is refused', () => {
  expect(() => timestampMicros('2024-01-01')).toThrow('is not a UTC timestamp');
  expect(() => packDatetime('x')).toThrow('is not a datetime');
  expect(() => packTime('24')).toThrow('is not a time');
});
