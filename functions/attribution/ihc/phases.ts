import { type Curve, evaluateCurve } from './curves';
import { hoursBetween, type Journeys } from './journeys';

/** One value per session and phase, in the order of the journeys' sessions. */
export interface Phases {
  readonly initializer: Float64Array;
  readonly holder: Float64Array;
  readonly closer: Float64Array;
}

export interface MembershipCurves {
  readonly initializerCurve: Curve;
  readonly closerCurve: Curve;
  readonly resetGapHours: number;
}

export function emptyPhases(sessionCount: number): Phases {
  return {
    initializer: new Float64Array(sessionCount),
    holder: new Float64Array(sessionCount),
    closer: new Float64Array(sessionCount),
  };
}

/**
 * Steps 1 and 2: memberships of sessions `from` to `to` (excluded), one journey, each phase
 * brought to a sum of 1. The first session starts it, the last one closes it.
 */
export function projectEnds(
  journeys: Journeys,
  curves: MembershipCurves,
  from: number,
  to: number,
  phases: Phases,
): void {
  const { time, closer } = journeys;
  const last = to - 1;
  for (let session = from; session < to; session += 1) {
    const gap = session === from ? Infinity : hoursBetween(time, session - 1, session);
    const starts = session === from || gap >= curves.resetGapHours;
    phases.initializer[session] = starts ? 1 : evaluateCurve(curves.initializerCurve, gap);
    phases.closer[session] =
      closer[session] || session === last
        ? closerMembership(curves.closerCurve, hoursBetween(time, session, last))
        : 0;
  }
  normalise(phases.initializer, from, to);
  normalise(phases.closer, from, to);
}

/** 1 at the conversion itself, whatever the curve's first knot says. */
function closerMembership(curve: Curve, hoursToConversion: number): number {
  return hoursToConversion === 0 ? 1 : evaluateCurve(curve, hoursToConversion);
}

/**
 * Step 3: a session holds as far as it neither starts nor closes: half the arithmetic and half
 * the harmonic mean of the two complements. Answers whether any session holds.
 */
export function projectHolder(
  journeys: Journeys,
  from: number,
  to: number,
  phases: Phases,
): boolean {
  for (let session = from; session < to; session += 1) {
    phases.holder[session] = journeys.holder[session]
      ? holderMembership(
          1 - (phases.initializer[session] as number),
          1 - (phases.closer[session] as number),
        )
      : 0;
  }
  return normalise(phases.holder, from, to);
}

function holderMembership(notStarting: number, notClosing: number): number {
  const sum = notStarting + notClosing;
  return sum > 0 ? 0.5 * (sum / 2 + (2 * notStarting * notClosing) / sum) : 0;
}

/** Brings values `from` to `to` (excluded) to a sum of 1; false, and unchanged, where they sum to 0. */
export function normalise(values: Float64Array, from: number, to: number): boolean {
  let sum = 0;
  for (let index = from; index < to; index += 1) {
    sum += values[index] as number;
  }
  if (!(sum > 0)) {
    return false;
  }
  for (let index = from; index < to; index += 1) {
    (values[index] as number) /= sum;
  }
  return true;
}
