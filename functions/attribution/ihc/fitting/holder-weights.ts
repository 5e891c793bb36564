import { Matrix, solve } from 'ml-matrix';
import type { MembershipCurves } from '../phases';
import { projectShares } from '../training/shares';
import type { ScoredJourneys } from './scored-journeys';

const RIDGE = 1e-7;
/** Smaller values carry too much rounding for a logarithm. */
const SMALLEST_VALUE = 0.005;

/**
 * Log weights of channels in the holder phase: what the answers' ratios within a journey differ
 * from those the curves give, by weighted linear least squares.
 */
export function fitHolderWeights(
  { journeys, answers }: ScoredJourneys,
  starts: Uint32Array,
  curves: MembershipCurves,
): Float64Array {
  const shares = projectShares(journeys, curves);
  const size = journeys.channels.length;
  const normal = Matrix.zeros(size, size);
  const right = Matrix.zeros(size, 1);
  const add = (row: number, column: number, value: number) =>
    normal.set(row, column, normal.get(row, column) + value);
  for (let journey = 0; journey < journeys.journeyCount; journey += 1) {
    const start = starts[journey] as number;
    const to = journeys.offsets[journey + 1] as number;
    const reference = largestAt(answers.holder, start, to);
    const whole = answers.holder[reference] as number;
    for (let session = start; session < to; session += 1) {
      const value = answers.holder[session] as number;
      const isTold = value >= SMALLEST_VALUE && (shares.holder[session] as number) > 0;
      if (session === reference || !isTold || !((shares.holder[reference] as number) > 0)) {
        continue;
      }
      const difference =
        Math.log(value / whole) -
        Math.log((shares.holder[session] as number) / (shares.holder[reference] as number));
      const precision = 1 / (1 / value ** 2 + 1 / whole ** 2);
      const channel = journeys.channel[session] as number;
      const other = journeys.channel[reference] as number;
      if (channel !== other) {
        add(channel, channel, precision);
        add(other, other, precision);
        add(channel, other, -precision);
        add(other, channel, -precision);
        right.set(channel, 0, right.get(channel, 0) + precision * difference);
        right.set(other, 0, right.get(other, 0) - precision * difference);
      }
    }
  }
  const ridge = (RIDGE * (normal.trace() || 1)) / size;
  for (let channel = 0; channel < size; channel += 1) {
    add(channel, channel, ridge);
  }
  return size === 0 ? new Float64Array(0) : Float64Array.from(solve(normal, right).to1DArray());
}

function largestAt(values: Float64Array, from: number, to: number): number {
  let largest = from;
  for (let index = from + 1; index < to; index += 1) {
    if ((values[index] as number) > (values[largest] as number)) {
      largest = index;
    }
  }
  return largest;
}
