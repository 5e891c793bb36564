import type { IhcParameters } from './parameters';

/** Published closer curves rise by .002 in one place: so much is no mistake. */
const TOLERATED = 0.02;

/**
 * Sentences on curves that turn: membership should rise with the gap before a session, and fall
 * with the hours to the conversion. Scores follow the curve as it stands, so these are warnings.
 */
export function curveWarnings(parameters: IhcParameters): string[] {
  const { initializer_curve, closer_curve } = parameters;
  return [
    ...turnOf(
      'initializer_curve',
      'falls',
      initializer_curve.gap_hours,
      initializer_curve.membership,
    ),
    ...turnOf('closer_curve', 'rises', closer_curve.hours_to_conversion, closer_curve.membership),
  ];
}

/** The first place where memberships go the wrong way by more than is tolerated. */
function turnOf(
  name: string,
  wrong: 'falls' | 'rises',
  hours: readonly number[],
  membership: readonly number[],
): string[] {
  const sign = wrong === 'falls' ? -1 : 1;
  // The best so far: a curve may also turn in many small steps.
  let best = membership[0] as number;
  for (const [index, value] of membership.entries()) {
    if (sign * (value - best) > TOLERATED) {
      return [
        `${name} ${wrong} to ${value} at ${hours[index]} h, after ${best} before: scores follow it, but it should not turn.`,
      ];
    }
    best = sign * value < sign * best ? value : best;
  }
  return [];
}
