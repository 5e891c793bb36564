import { campaigns } from './campaigns';

const dayMillis = 86_400_000;

/** Paid clicks and the platforms' own claims, per campaign, advertisement and day: the basis of costs. */
export class ClickBook {
  readonly #counts = new Map<number, number>();
  readonly #claims = new Map<number, number>();
  readonly #claimedAmounts = new Map<number, number>();

  constructor(readonly startsAt: number) {}

  click(campaign: number, ad: number, time: number): void {
    add(this.#counts, this.#key(campaign, ad, this.dayOf(time)), 1);
  }

  /** A platform claims a conversion for the click that came before it, in euro cents. */
  claim(campaign: number, ad: number, clickedAt: number, amount: number): void {
    const key = this.#key(campaign, ad, this.dayOf(clickedAt));
    add(this.#claims, key, 1);
    add(this.#claimedAmounts, key, amount);
  }

  at(campaign: number, ad: number, day: number) {
    const key = this.#key(campaign, ad, day);
    return {
      clicks: this.#counts.get(key) ?? 0,
      claims: this.#claims.get(key) ?? 0,
      claimedAmount: this.#claimedAmounts.get(key) ?? 0,
    };
  }

  /** Day of the period, 0.. */
  dayOf(time: number): number {
    return Math.floor((time - this.startsAt) / dayMillis);
  }

  #key(campaign: number, ad: number, day: number): number {
    return (day * campaigns.length + campaign) * 8 + ad;
  }
}

function add(counts: Map<number, number>, key: number, amount: number): void {
  counts.set(key, (counts.get(key) ?? 0) + amount);
}
