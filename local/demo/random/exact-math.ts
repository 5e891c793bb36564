/**
 * exp and ln from additions and multiplications alone. The engine's own versions may differ in
 * the last bit between machines; these give the same shop everywhere.
 */
const LN2 = Math.LN2;

/** e^x for |x| up to a few hundred; relative error below 1e-14. */
export function exp(x: number): number {
  const halvings = Math.round(x / LN2);
  const rest = x - halvings * LN2;
  let term = 1;
  let sum = 1;
  for (let k = 1; k <= 14; k++) {
    term = (term * rest) / k;
    sum += term;
  }
  const factor = halvings < 0 ? 0.5 : 2;
  for (let k = Math.abs(halvings); k > 0; k--) sum *= factor;
  return sum;
}

/** Natural logarithm of x > 0. */
export function ln(x: number): number {
  let mantissa = x;
  let exponent = 0;
  while (mantissa > 1.5) {
    mantissa *= 0.5;
    exponent++;
  }
  while (mantissa < 0.75) {
    mantissa *= 2;
    exponent--;
  }
  const z = (mantissa - 1) / (mantissa + 1);
  const square = z * z;
  let power = z;
  let sum = 0;
  for (let k = 1; k <= 31; k += 2) {
    sum += power / k;
    power *= square;
  }
  return 2 * sum + exponent * LN2;
}
