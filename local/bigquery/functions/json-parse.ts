import { canonicalJsonText } from './canonical-json';

/** PARSE_JSON: canonical text, or an error for what is no JSON or holds a number that FLOAT64 loses. */
export function parseJsonText(text: string): string {
  JSON.parse(text);
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/gs)) {
    if (token[0] !== '"' && !roundTrips(token)) {
      throw new Error(`PARSE_JSON of the number ${token}, which FLOAT64 does not hold`);
    }
  }
  return canonicalJsonText(text);
}

const GREATEST_WHOLE = 2n ** 64n - 1n;
const LEAST_WHOLE = -(2n ** 63n);

function roundTrips(token: string): boolean {
  if (/^-?\d+$/.test(token)) {
    const whole = BigInt(token);
    if (whole >= LEAST_WHOLE && whole <= GREATEST_WHOLE) return true;
  }
  const value = Number(token);
  if (!Number.isFinite(value)) return false;
  const digits = normalDigits(token);
  return digits === normalDigits(String(value)) || digits === normalDigits(value.toPrecision(17));
}

/** A decimal as its significant digits and the power of ten: 100e-2 and 1.0 are '1e0'. */
function normalDigits(text: string): string {
  const [, whole = '', fraction = '', exponent = '0'] =
    /^-?(\d+)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(text) ?? [];
  const digits = `${whole}${fraction}`.replace(/^0+/, '');
  const significant = digits.replace(/0+$/, '');
  if (significant === '') return '0';
  return `${significant}e${Number(exponent) - fraction.length + digits.length - significant.length}`;
}
