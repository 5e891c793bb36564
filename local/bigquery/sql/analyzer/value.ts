/**
 * A GoogleSQL value in JavaScript, exact in every type: INT64 bigint; FLOAT64 number; NUMERIC a
 * decimal string without trailing zeros; BYTES Uint8Array; DATE '2024-01-31'; TIME '10:11:12.5';
 * DATETIME '2024-01-31 10:11:12.5'; TIMESTAMP the same with '+00'; JSON its text; ARRAY an array;
 * STRUCT an object in field order (repeated and anonymous fields are '_0', '_1'...).
 */
export type SqlValue =
  | null
  | boolean
  | bigint
  | number
  | string
  | Uint8Array
  | readonly SqlValue[]
  | { readonly [field: string]: SqlValue };

const NUMERIC_SCALE = 9;

/** The service writes NUMERIC as a scaled integer: little endian, two's complement, shortest. */
export function numericFromBytes(bytes: Uint8Array): string {
  let scaled = 0n;
  for (let i = bytes.length - 1; i >= 0; i--) scaled = (scaled << 8n) | BigInt(bytes[i] as number);
  scaled = BigInt.asIntN(8 * bytes.length, scaled);
  const sign = scaled < 0n ? '-' : '';
  const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(NUMERIC_SCALE + 1, '0');
  const fraction = digits.slice(-NUMERIC_SCALE).replace(/0+$/, '');
  return `${sign}${digits.slice(0, -NUMERIC_SCALE)}${fraction === '' ? '' : `.${fraction}`}`;
}

/** The reverse; the text must have at most nine decimals. */
export function numericToBytes(text: string): Uint8Array {
  const [whole = '0', fraction = ''] = text.split('.');
  let rest = BigInt(whole + fraction.padEnd(NUMERIC_SCALE, '0'));
  const bytes: number[] = [];
  do {
    bytes.push(Number(rest & 0xffn));
    rest >>= 8n;
  } while (!isSignExtension(rest, bytes.at(-1) as number));
  return Uint8Array.from(bytes);
}

function isSignExtension(rest: bigint, top: number): boolean {
  return top >= 0x80 ? rest === -1n : rest === 0n;
}

/** Microseconds of a day or second as '.5', '.000123' or ''. */
function fractionText(micros: number): string {
  return micros === 0 ? '' : `.${String(micros).padStart(6, '0').replace(/0+$/, '')}`;
}

const pad = (value: number, width = 2): string => String(value).padStart(width, '0');

/** Days since 1970-01-01 as '2024-01-31'. */
export function dateText(days: number): string {
  return new Date(days * 86_400_000).toISOString().slice(0, 10);
}

/** '2024-01-31' as days since 1970-01-01. */
export function dateDays(text: string): number {
  return Date.parse(`${text}T00:00:00Z`) / 86_400_000;
}

/** Microseconds since 1970-01-01 UTC as '2024-01-31 10:11:12.5+00'. */
export function timestampText(micros: bigint): string {
  return `${civilText(micros)}+00`;
}

/** The reverse; takes ' ' or 'T' between date and time and an offset '+00', 'Z' or none. */
export function timestampMicros(text: string): bigint {
  const match = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?(?:\+00(?::?00)?|Z)?$/.exec(
    text,
  );
  if (!match) throw new Error(`'${text}' is not a UTC timestamp`);
  const seconds = BigInt(Date.parse(`${match[1]}T${match[2]}Z`) / 1000);
  return seconds * 1_000_000n + BigInt((match[3] ?? '').padEnd(6, '0'));
}

function civilText(micros: bigint): string {
  const fraction = Number(((micros % 1_000_000n) + 1_000_000n) % 1_000_000n);
  const seconds = (micros - BigInt(fraction)) / 1_000_000n;
  const iso = new Date(Number(seconds) * 1000).toISOString();
  return `${iso.slice(0, 19).replace('T', ' ')}${fractionText(fraction)}`;
}

/** Fields packed into one integer: year 14 bits, month 4, day 5, hour 5, minute 6, second 6. */
export function datetimeText(packed: bigint, nanos: number): string {
  const part = (shift: number, bits: number): number =>
    Number((packed >> BigInt(shift)) & ((1n << BigInt(bits)) - 1n));
  const date = `${pad(part(26, 14), 4)}-${pad(part(22, 4))}-${pad(part(17, 5))}`;
  const time = `${pad(part(12, 5))}:${pad(part(6, 6))}:${pad(part(0, 6))}`;
  return `${date} ${time}${fractionText(Math.floor(nanos / 1000))}`;
}

/** The reverse of `datetimeText`. */
export function packDatetime(text: string): { readonly packed: bigint; readonly nanos: number } {
  const match = /^(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d):(\d\d)(?:\.(\d{1,6}))?$/.exec(text);
  if (!match) throw new Error(`'${text}' is not a datetime`);
  const widths = [14, 4, 5, 5, 6, 6];
  const packed = widths.reduce(
    (sum, bits, i) => (sum << BigInt(bits)) | BigInt(match[i + 1] ?? 0),
    0n,
  );
  return { packed, nanos: Number((match[7] ?? '').padEnd(6, '0')) * 1000 };
}

/** Fields packed into one integer: hour 5 bits, minute 6, second 6, nanosecond 30. */
export function timeText(packed: bigint): string {
  const part = (shift: number, bits: number): number =>
    Number((packed >> BigInt(shift)) & ((1n << BigInt(bits)) - 1n));
  const clock = `${pad(part(42, 5))}:${pad(part(36, 6))}:${pad(part(30, 6))}`;
  return `${clock}${fractionText(Math.floor(part(0, 30) / 1000))}`;
}

/** The reverse of `timeText`. */
export function packTime(text: string): bigint {
  const match = /^(\d\d):(\d\d):(\d\d)(?:\.(\d{1,6}))?$/.exec(text);
  if (!match) throw new Error(`'${text}' is not a time`);
  const nanos = BigInt((match[4] ?? '').padEnd(6, '0')) * 1000n;
  const clock =
    (BigInt(match[1] ?? 0) << 12n) | (BigInt(match[2] ?? 0) << 6n) | BigInt(match[3] ?? 0);
  return (clock << 30n) | nanos;
}
