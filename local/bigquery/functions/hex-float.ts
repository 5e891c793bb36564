const HEXADECIMAL = /^\s*([+-]?)0x([0-9a-f]*)\.?([0-9a-f]*)(?:p([+-]?\d+))?\s*$/i;

/** Of FLOAT64: bits of a mantissa, and the exponents of the smallest number and beyond the largest. */
const MANTISSA_BITS = 53;
const SMALLEST = -1074;
const BEYOND = 1024;

/**
 * A hexadecimal number ('0x1p3', '-0X.8') as a decimal one, rounded to the nearest FLOAT64, halves
 * to even. 'overflow', which no cast takes, beyond the largest. The text must be of that form.
 */
export function hexFloat(text: string): string {
  const [, sign = '', whole = '', fraction = '', power = '0'] = HEXADECIMAL.exec(text) ?? [];
  const mantissa = BigInt(`0x0${whole}${fraction}`);
  if (mantissa === 0n) return `${sign}0`;
  const bits = mantissa.toString(2).length;
  const exponent = Number(power) - 4 * fraction.length;
  const top = bits + exponent;
  if (top > BEYOND) return 'overflow';
  const precision = Math.min(MANTISSA_BITS, top - SMALLEST);
  if (precision < 0) return `${sign}0`;
  const dropped = Math.max(0, bits - precision);
  const value = Number(roundedShift(mantissa, dropped)) * 2 ** (exponent + dropped);
  return Number.isFinite(value) ? `${sign}${value}` : 'overflow';
}

/** value / 2^bits, rounded to the nearest, halves to even. */
function roundedShift(value: bigint, bits: number): bigint {
  if (bits === 0) return value;
  const quotient = value >> BigInt(bits);
  const rest = value - (quotient << BigInt(bits));
  const half = 1n << BigInt(bits - 1);
  const up = rest > half || (rest === half && quotient % 2n === 1n);
  return up ? quotient + 1n : quotient;
}
