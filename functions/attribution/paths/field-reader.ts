import { UserError } from '../../shared/errors';

export const COMMA = 44;
export const LINE_FEED = 10;
export const CARRIAGE_RETURN = 13;
export const QUOTE = 34;
export const BLANK = 32;

const POINT = 46;
export const ZERO = 48;
/** Digits that a double holds exactly, and the powers of ten that it does. */
const EXACT_DIGITS = 15;
const POWERS = Float64Array.from({ length: EXACT_DIGITS + 1 }, (_, index) => 10 ** index);
/** Sums of more would lose whole conversions, and of much more be no numbers. */
const LARGEST = 1e15;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** The end of the unquoted field that stands at `from`: its comma, line feed or carriage return. */
export function endOfField(bytes: Uint8Array, from: number): number {
  let at = from;
  while (!isFieldEnd(bytes[at] as number)) at += 1;
  return at;
}

export function isFieldEnd(byte: number): boolean {
  return byte === COMMA || byte === LINE_FEED || byte === CARRIAGE_RETURN;
}

/** Reads numbers; where the last one ended is in `end`, so that no number allocates. */
export class NumberReader {
  end = 0;

  /**
   * Reads the unquoted number that stands at `from`. Up to 15 digits are exact as the quotient of
   * two doubles; what is longer or has an exponent goes through a string.
   *
   * @throws UserError that names `column`
   */
  read(bytes: Uint8Array, from: number, column: string): number {
    const only = (bytes[from] as number) - ZERO;
    if (only >= 0 && only <= 9 && isFieldEnd(bytes[from + 1] as number)) {
      this.end = from + 1;
      return only;
    }
    return this.readLonger(bytes, from, column);
  }

  private readLonger(bytes: Uint8Array, from: number, column: string): number {
    let at = from;
    let digits = 0;
    let value = 0;
    let point = -1;
    for (;;) {
      const byte = bytes[at] as number;
      const digit = byte - ZERO;
      if (digit >= 0 && digit <= 9) {
        value = 10 * value + digit;
        digits += 1;
      } else if (byte === POINT && point < 0) {
        point = at;
      } else {
        break;
      }
      at += 1;
    }
    this.end = at;
    if (isFieldEnd(bytes[at] as number) && digits > 0 && digits <= EXACT_DIGITS) {
      return point < 0 ? value : value / (POWERS[at - point - 1] as number);
    }
    this.end = endOfField(bytes, at);
    return numberOf(Buffer.from(bytes.subarray(from, this.end)).toString(), column);
  }
}

/** @throws UserError that names `column` and what stands there */
function numberOf(text: string, column: string): number {
  const trimmed = text.trim();
  if (trimmed === '') {
    throw new UserError(`${column} is empty; write 0 for none`);
  }
  const value = NUMBER.test(trimmed) ? Number(trimmed) : Number.NaN;
  if (!Number.isFinite(value)) {
    throw noNumber(trimmed, column);
  }
  if (Math.abs(value) > LARGEST) {
    throw new UserError(`${column} is ${trimmed.slice(0, 40)}; give numbers up to 1e15`);
  }
  return value;
}

export function noNumber(text: string, column: string): UserError {
  const shown = text.trim().replaceAll(/\s+/g, ' ').slice(0, 40);
  return new UserError(`${column} is no number (${shown}); write it like 12.5`);
}
