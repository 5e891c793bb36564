/** BigQuery's NUMERIC: 29 digits before the point, 9 after it. */
const scale = 9;
const limit = 10n ** 38n;
const pattern = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/;

/**
 * Reads a decimal number as a NUMERIC, exactly: never through a float. Digits beyond the
 * ninth are rounded half away from zero, which also removes the noise that floats leave in
 * exported files (1815.9750000000001 becomes 1815.975).
 *
 * @returns the shortest decimal text ("1815.975"), or undefined when the text is no number
 * or does not fit.
 */
export function parseNumeric(text: string): string | undefined {
  const units = parseUnits(text);
  return units === undefined ? undefined : format(units);
}

/** The exact sum of NUMERIC texts; "0" of none. Texts that are no numbers count as 0. */
export function sumNumeric(texts: readonly string[]): string {
  return format(texts.reduce((total, text) => total + (parseUnits(text) ?? 0n), 0n));
}

/** The number in units of 1e-9. */
function parseUnits(text: string): bigint | undefined {
  const match = pattern.exec(text.trim());
  if (match === null) return undefined;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  if (whole === '' && fraction === '') return undefined;
  const digits = BigInt(whole + fraction);
  // The number is digits * 10^(exponent - fraction.length); we want it in units of 1e-9.
  const shift = Number(exponent) - fraction.length + scale;
  const units = shift >= 0 ? digits * 10n ** BigInt(shift) : divideRounded(digits, -shift);
  if (units >= limit) return undefined;
  return sign === '-' ? -units : units;
}

function divideRounded(digits: bigint, places: number): bigint {
  const divisor = 10n ** BigInt(places);
  return (digits * 2n + divisor) / (divisor * 2n);
}

function format(units: bigint): string {
  const text = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  const fraction = text.slice(-scale).replace(/0+$/, '');
  const whole = text.slice(0, -scale);
  return (units < 0n ? '-' : '') + whole + (fraction === '' ? '' : `.${fraction}`);
}
