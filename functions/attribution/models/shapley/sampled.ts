import type { Random } from '../../ihc/random';
import type { Coalitions } from './coalitions';
import { type Game, worth } from './game';

export interface SampledValues {
  /** By player. */
  readonly values: Float64Array;
  /** Standard error of each. */
  readonly standardErrors: Float64Array;
}

/**
 * Shapley values as means over random orders of the players, each with its reverse: what comes
 * early in the one comes late in the other, so errors of both partly cancel (antithetic sampling;
 * Mitchell, Cooper, Frank and Holmes, "Sampling permutations for Shapley value estimation", 2022).
 * Pairs are independent: the standard error is that of their means. One order costs one pass over
 * the distinct sets, since a set counts from its last member's place on.
 *
 * @param pairs orders with their reverses, at least 2
 */
export function sampledValues(
  coalitions: Coalitions,
  game: Game,
  pairs: number,
  random: Random,
): SampledValues {
  const count = coalitions.players.length;
  const order: Uint32Array = Uint32Array.from({ length: count }, (_, player) => player);
  const gains = new Gains(coalitions, game);
  const mean = new Float64Array(count);
  const squares = new Float64Array(count);
  for (let pair = 1; pair <= pairs; pair += 1) {
    shuffle(order, random);
    const gained = new Float64Array(count);
    gains.add(order, gained);
    gains.add(order.toReversed(), gained);
    // Welford's running mean and sum of squares.
    for (let player = 0; player < count; player += 1) {
      const difference = (gained[player] as number) / 2 - (mean[player] as number);
      mean[player] = (mean[player] as number) + difference / pair;
      const after = (gained[player] as number) / 2 - (mean[player] as number);
      squares[player] = (squares[player] as number) + difference * after;
    }
  }
  const standardErrors = squares.map((sum) => Math.sqrt(sum / (pairs - 1) / pairs));
  return { values: mean, standardErrors };
}

/** What each player adds when players join one after the other. */
class Gains {
  private readonly rank: Uint32Array;
  private readonly conversions: Float64Array;
  private readonly nulls: Float64Array;

  constructor(
    private readonly coalitions: Coalitions,
    private readonly game: Game,
  ) {
    const count = coalitions.players.length;
    this.rank = new Uint32Array(count);
    this.conversions = new Float64Array(count + 1);
    this.nulls = new Float64Array(count + 1);
  }

  add(order: Uint32Array, gained: Float64Array): void {
    const { coalitions, rank } = this;
    const conversions = this.conversions.fill(0);
    const nulls = this.nulls.fill(0);
    order.forEach((player, place) => {
      rank[player] = place + 1;
    });
    for (let set = 0; set < coalitions.setCount; set += 1) {
      let last = 0;
      const end = coalitions.offsets[set + 1] as number;
      for (let place = coalitions.offsets[set] as number; place < end; place += 1) {
        last = Math.max(last, rank[coalitions.members[place] as number] as number);
      }
      conversions[last] = (conversions[last] as number) + (coalitions.conversions[set] as number);
      nulls[last] = (nulls[last] as number) + (coalitions.nulls[set] as number);
    }
    let converted = conversions[0] as number;
    let ended = nulls[0] as number;
    let before = worth(this.game, converted, ended);
    order.forEach((player, place) => {
      converted += conversions[place + 1] as number;
      ended += nulls[place + 1] as number;
      const after = worth(this.game, converted, ended);
      gained[player] = (gained[player] as number) + after - before;
      before = after;
    });
  }
}

/** Fisher and Yates. */
function shuffle(order: Uint32Array, random: Random): void {
  for (let end = order.length - 1; end > 0; end -= 1) {
    const place = Math.floor(random() * (end + 1));
    const value = order[end] as number;
    order[end] = order[place] as number;
    order[place] = value;
  }
}
