import type { Curve } from '../curves';
import type { Observations } from './observations';

/** Knots closer together than this, in hours and as a share of their place, become one. */
const NEAR_HOURS = 0.002;
const NEAR_SHARE = 0.001;
const KNOTS_AT_MOST = 500;

/**
 * The curve through the observed memberships, once weights are known: neighbours are averaged by
 * their precision, and nothing is smoothed, since answers carry no noise but their rounding.
 */
export function curveThrough(
  observations: Observations,
  logWeights: Float64Array,
  jumps: readonly number[],
): Curve {
  const { count, at, ratio, error, channel, referenceChannel } = observations;
  const order = Uint32Array.from({ length: count }, (_, index) => index);
  order.sort((a, b) => (at[a] as number) - (at[b] as number));
  const points = new CurvePoints(jumps, count / KNOTS_AT_MOST);
  for (const index of order) {
    const scale = Math.exp(
      (logWeights[referenceChannel[index] as number] as number) -
        (logWeights[channel[index] as number] as number),
    );
    const precision = 1 / ((error[index] as number) * scale) ** 2;
    points.add(at[index] as number, (ratio[index] as number) * scale, precision);
  }
  return points.finish();
}

/** Gathers points from left to right; neighbours become one knot, but never across a jump. */
class CurvePoints {
  private readonly at: number[] = [];
  private readonly value: number[] = [];
  private group = { from: 0, size: 0, place: 0, value: 0, precision: 0 };

  constructor(
    private readonly jumps: readonly number[],
    private readonly fewest: number,
  ) {}

  add(place: number, value: number, precision: number): void {
    const { group } = this;
    const crossed = this.jumps.filter((jump) => group.from < jump && jump <= place);
    const isNear = place - group.from <= NEAR_HOURS + NEAR_SHARE * place;
    if (group.size > 0 && (crossed.length > 0 || (!isNear && group.size >= this.fewest))) {
      this.closeGroup();
      if (crossed.length === 1) {
        // Both sides of the jump are seen: the curve is level up to it, and from it on.
        const jump = crossed[0] as number;
        this.at.push(jump, jump);
        this.value.push(this.value.at(-1) as number, value);
      }
    }
    if (this.group.size === 0) {
      this.group.from = place;
    }
    this.group.size += 1;
    this.group.place += precision * place;
    this.group.value += precision * value;
    this.group.precision += precision;
  }

  finish(): Curve {
    this.closeGroup();
    return {
      at: Float64Array.from(this.at),
      value: Float64Array.from(this.value, (value) => Math.min(1, Math.max(0, value))),
    };
  }

  private closeGroup(): void {
    const { size, place, value, precision } = this.group;
    if (size > 0) {
      this.at.push(place / precision);
      this.value.push(value / precision);
      this.group = { from: 0, size: 0, place: 0, value: 0, precision: 0 };
    }
  }
}
