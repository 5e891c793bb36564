import { exp, ln } from './exact-math';

/** What the random numbers are for: each use has streams of its own, so that none shifts another. */
export const streams = {
  person: 1,
  household: 2,
  bot: 3,
  cost: 4,
  rate: 5,
  address: 6,
  prefix: 7,
  /** Random rows of the proof of models. */
  proof: 8,
  /** What tells a person's devices from others of their kind. */
  device: 9,
} as const;
export type Stream = (typeof streams)[keyof typeof streams];

/** All numbers of 16 bits in hexadecimal. */
const hex4 = Array.from({ length: 65_536 }, (_, bits) => bits.toString(16).padStart(4, '0'));

/** A bijective mixing of 32 bits (the finaliser of MurmurHash3). */
function mix(value: number): number {
  let bits = value | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}

/**
 * Pseudo-random numbers by the sfc32 algorithm: integer operations only, so the same on every
 * machine. One stream per (seed, use, index): person 17 is the same person in a shop of 20 and
 * in a shop of a million.
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  constructor(seed: number, stream: Stream, index: number) {
    const low = seed >>> 0;
    const high = Math.floor(seed / 4294967296) | 0;
    this.#a = mix(low ^ 0x9e3779b9);
    this.#b = mix(high ^ mix(stream));
    this.#c = mix(index ^ mix(this.#a + this.#b));
    for (let k = 0; k < 15; k++) this.uint32();
  }

  /** 0 .. 2^32 - 1 */
  uint32(): number {
    const sum = (((this.#a + this.#b) | 0) + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }

  /** 0 <= u < 1 */
  uniform(): number {
    return this.uint32() / 4294967296;
  }

  chance(probability: number): boolean {
    return this.uniform() < probability;
  }

  /** low <= x < high */
  between(low: number, high: number): number {
    return low + this.uniform() * (high - low);
  }

  /** An integer, 0 <= n < limit. */
  below(limit: number): number {
    return Math.floor(this.uniform() * limit);
  }

  pick<T>(list: readonly T[]): T {
    const chosen = list[this.below(list.length)];
    if (chosen === undefined) throw new RangeError('pick needs a list with at least one entry');
    return chosen;
  }

  /** An index, chosen in proportion to its weight (weights >= 0, one of them > 0). */
  weighted(weights: readonly number[]): number {
    let total = 0;
    for (const weight of weights) total += weight;
    let rest = this.uniform() * total;
    let last = 0;
    for (let k = 0; k < weights.length; k++) {
      const weight = weights[k] ?? 0;
      if (weight <= 0) continue;
      last = k;
      if (rest < weight) return k;
      rest -= weight;
    }
    return last;
  }

  /** Nearly normal, mean 0, deviation 1, within +-3.5: the sum of four uniforms. */
  normal(): number {
    const sum = this.uniform() + this.uniform() + this.uniform() + this.uniform();
    return (sum - 2) * 1.7320508075688772;
  }

  /** Lognormal around `median`. */
  lognormal(median: number, sigma: number): number {
    return median * exp(sigma * this.normal());
  }

  exponential(mean: number): number {
    return -mean * ln(1 - this.uniform());
  }

  /**
   * Sixteen hexadecimal digits. Joined, not added: an added string stays a tree in memory, which
   * makes every later comparison slow.
   */
  hex16(): string {
    return [this.hex8(), this.hex8()].join('');
  }

  /** As many hexadecimal digits as a SHA-256 has. */
  hex64(): string {
    return [this.hex16(), this.hex16(), this.hex16(), this.hex16()].join('');
  }

  /** Eight hexadecimal digits. */
  hex8(): string {
    const bits = this.uint32();
    return `${hex4[bits >>> 16]}${hex4[bits & 0xffff]}`;
  }
}
