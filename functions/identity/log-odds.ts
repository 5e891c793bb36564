/** Weights are log2 odds ("bits"): 0 is even, each bit doubles the odds. */

/** The probability of log2 odds; never overflows. */
export function probabilityOf(bits: number): number {
  return bits >= 0 ? 1 / (1 + 2 ** -bits) : 2 ** bits / (1 + 2 ** bits);
}

/** log2 odds of a probability; infinite for 0 and 1. */
export function bitsOf(probability: number): number {
  return Math.log2(probability) - Math.log1p(-probability) / Math.LN2;
}
