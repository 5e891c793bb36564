import { exp } from '../random/exact-math';
import { baseHazard, type ConversionType, origins } from '../shop/origins';

const dayMillis = 86_400_000;
const ln2 = Math.LN2;

interface Touch {
  readonly time: number;
  readonly origin: number;
  readonly strength: number;
}

/** What an origin (index in `origins`) contributed to a conversion, 0..1. */
interface Cause {
  readonly origin: number;
  readonly share: number;
}

/**
 * The wish to buy, as an additive hazard: a base, and for each earlier visit the effect of its
 * origin, times how engaged the visit was, fading with the origin's half-life. Because the parts
 * add up, the part of each in a conversion is known: that is the truth of this shop.
 */
export class Intent {
  readonly #touches: Touch[] = [];
  #since = 0;

  /**
   * A visit leaves its mark.
   * @param engagement 0.3 for a glance, 1 for browsing, 1.6 for several products
   */
  touch(time: number, origin: number, engagement: number): void {
    const previous = this.#touches.at(-1);
    // The tenth visit of an afternoon adds little: what counts is interest that comes back.
    const hours = previous ? (time - previous.time) / 3_600_000 : Infinity;
    const freshness = hours > 500 ? 1 : 1 - 0.6 * exp(-hours / 24);
    this.#touches.push({ time, origin, strength: engagement * freshness });
  }

  /** The hazard of a conversion at this moment. */
  hazard(type: ConversionType, time: number): number {
    let sum = baseHazard[type];
    for (let k = this.#since; k < this.#touches.length; k++) sum += this.#part(k, type, time);
    return sum;
  }

  /** Shares of the origins in a conversion at this moment; with the base's share they sum to 1. */
  causes(type: ConversionType, time: number): { base: number; causes: Cause[] } {
    const total = this.hazard(type, time);
    const byOrigin = new Map<number, number>();
    for (let k = this.#since; k < this.#touches.length; k++) {
      const part = this.#part(k, type, time);
      const origin = this.#touches[k]?.origin ?? 0;
      if (part > 0) byOrigin.set(origin, (byOrigin.get(origin) ?? 0) + part);
    }
    const causes = [...byOrigin].map(([origin, part]) => ({ origin, share: part / total }));
    return { base: baseHazard[type] / total, causes };
  }

  /** An order satisfies the wish: what came before causes no further one. */
  satisfy(): void {
    this.#since = this.#touches.length;
  }

  #part(index: number, type: ConversionType, time: number): number {
    const touch = this.#touches[index];
    const origin = touch && origins[touch.origin];
    if (!touch || !origin) return 0;
    const age = (time - touch.time) / (origin.halfLifeDays * dayMillis);
    return age > 40 ? 0 : origin.effects[type] * touch.strength * exp(-ln2 * age);
  }
}
