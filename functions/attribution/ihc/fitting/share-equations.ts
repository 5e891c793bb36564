import { knotBelow } from './knots';
import type { PhaseData } from './phase-data';

/** Unknowns of a phase: the curve at its knots, then the logarithms of channel weights. */
export interface PhaseState {
  readonly knots: Float64Array;
  readonly curve: Float64Array;
  readonly logWeights: Float64Array;
}

/** How exact answers are. */
export interface PhaseNoise {
  /** Standard deviation of their rounding. */
  readonly rounding: number;
  /** By interval of knots: variance with which the curve may leave the straight line in it. */
  readonly bridge: Float64Array;
  /** By group: 1, or less for one that does not fit. */
  readonly trust: Float64Array;
}

/** The normal equations: J'WJ row by row, J'Wr, and the errors by group. */
export interface ShareEquations {
  readonly normal: Float64Array;
  readonly right: Float64Array;
  /** Root mean square error over what is expected of it. */
  readonly errors: Float64Array;
}

/**
 * The normal equations of values v = e / sum(e), e = membership * weight. A journey's Jacobian is
 * (g_k - p_k G) / S, with g_k the gradient of e_k, p_k the prediction, G = sum(g), S = sum(e): so
 * J'J is three outer products of sums, and sparse products g_k g_k' beside them.
 */
export function shareEquations(
  data: PhaseData,
  state: PhaseState,
  noise: PhaseNoise,
): ShareEquations {
  const groups = data.offsets.length - 1;
  const equations = new GroupEquations(data, state, noise);
  const errors = new Float64Array(groups);
  for (let group = 0; group < groups; group += 1) {
    errors[group] = equations.add(group);
  }
  return { normal: equations.normal, right: equations.right, errors };
}

/** Unknowns a session hangs on: the knots beside it, and its channel. */
const UNKNOWNS = 3;
const SMALLEST_SUM = 1e-9;

class GroupEquations {
  private readonly size: number;
  readonly normal: Float64Array;
  readonly right: Float64Array;
  private readonly places: Int32Array;
  private readonly slopes: Float64Array;
  private readonly values: Float64Array;
  /** G and the mean of g_k by p_k, over the unknowns that the group touches. */
  private readonly whole: Float64Array;
  private readonly mean: Float64Array;
  private readonly touched: Int32Array;
  private readonly touchedBy: Int32Array;

  constructor(
    private readonly data: PhaseData,
    private readonly state: PhaseState,
    private readonly noise: PhaseNoise,
  ) {
    const { offsets } = data;
    const longest = offsets.reduce((most, to, group) => {
      return Math.max(most, to - (offsets[group - 1] ?? 0));
    }, 0);
    this.size = state.knots.length + state.logWeights.length;
    this.normal = new Float64Array(this.size * this.size);
    this.right = new Float64Array(this.size);
    this.places = new Int32Array(UNKNOWNS * longest);
    this.slopes = new Float64Array(UNKNOWNS * longest);
    this.values = new Float64Array(longest);
    this.whole = new Float64Array(this.size);
    this.mean = new Float64Array(this.size);
    this.touched = new Int32Array(this.size);
    this.touchedBy = new Int32Array(this.size).fill(-1);
  }

  /** Adds a group, and answers its error. */
  add(group: number): number {
    const from = this.data.offsets[group] as number;
    const length = (this.data.offsets[group + 1] as number) - from;
    let sum = 0;
    let bridge = 0;
    for (let index = 0; index < length; index += 1) {
      bridge += this.evaluate(from + index, index);
      sum += this.values[index] as number;
    }
    if (!(sum > SMALLEST_SUM)) {
      return 0;
    }
    const variance = this.noise.rounding ** 2 + bridge / (length * sum * sum);
    const precision = (this.noise.trust[group] as number) / (variance * sum * sum);
    const squares = this.addSessions(group, from, length, sum, precision);
    return Math.sqrt(squares / length / variance);
  }

  /** Value and gradient of one session; answers the variance of the value between knots. */
  private evaluate(entry: number, index: number): number {
    const { knots, curve, logWeights } = this.state;
    const { places, slopes } = this;
    const channel = this.data.channel[entry] as number;
    const weight = Math.exp(logWeights[channel] as number);
    const first = UNKNOWNS * index;
    let membership = this.data.known[entry] as number;
    let bridge = 0;
    places[first] = -1;
    places[first + 1] = -1;
    if (Number.isNaN(membership)) {
      const point = this.data.at[entry] as number;
      const below = knotBelow(knots, point);
      const above = Math.min(below + 1, knots.length - 1);
      const start = knots[below] as number;
      const width = (knots[above] as number) - start;
      const share = width > 0 ? Math.min(1, Math.max(0, (point - start) / width)) : 0;
      membership = (1 - share) * (curve[below] as number) + share * (curve[above] as number);
      places[first] = below;
      places[first + 1] = above;
      slopes[first] = (1 - share) * weight;
      slopes[first + 1] = share * weight;
      bridge = share * (1 - share) * (this.noise.bridge[below] ?? 0) * weight * weight;
    }
    places[first + 2] = knots.length + channel;
    slopes[first + 2] = membership * weight;
    this.values[index] = membership * weight;
    return bridge;
  }

  /** Answers the sum of squared errors. */
  private addSessions(
    group: number,
    from: number,
    length: number,
    sum: number,
    precision: number,
  ): number {
    const { normal, right, places, slopes, whole, mean, touched, touchedBy, size } = this;
    let touchedCount = 0;
    let squares = 0;
    let predictedErrors = 0;
    let predictedSquares = 0;
    for (let index = 0; index < length; index += 1) {
      const predicted = (this.values[index] as number) / sum;
      const error = (this.data.value[from + index] as number) - predicted;
      squares += error * error;
      predictedErrors += error * predicted;
      predictedSquares += predicted * predicted;
      const first = UNKNOWNS * index;
      for (let a = first; a < first + UNKNOWNS; a += 1) {
        const place = places[a] as number;
        if (place < 0) {
          continue;
        }
        const slope = slopes[a] as number;
        if (touchedBy[place] !== group) {
          touchedBy[place] = group;
          touched[touchedCount] = place;
          touchedCount += 1;
          whole[place] = 0;
          mean[place] = 0;
        }
        (whole[place] as number) += slope;
        (mean[place] as number) += predicted * slope;
        (right[place] as number) += precision * sum * slope * error;
        for (let b = first; b < first + UNKNOWNS; b += 1) {
          const other = places[b] as number;
          if (other >= 0) {
            (normal[place * size + other] as number) += precision * slope * (slopes[b] as number);
          }
        }
      }
    }
    for (let a = 0; a < touchedCount; a += 1) {
      const place = touched[a] as number;
      const wholeHere = whole[place] as number;
      const meanHere = mean[place] as number;
      (right[place] as number) -= precision * sum * wholeHere * predictedErrors;
      for (let b = 0; b < touchedCount; b += 1) {
        const other = touched[b] as number;
        (normal[place * size + other] as number) +=
          precision *
          (predictedSquares * wholeHere * (whole[other] as number) -
            wholeHere * (mean[other] as number) -
            meanHere * (whole[other] as number));
      }
    }
    return squares;
  }
}
