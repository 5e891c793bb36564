import { Matrix, solve } from 'ml-matrix';
import type { PhaseWeights } from '../parameters';
import type { ScoredJourneys } from './scored-journeys';

/**
 * Phase weights by least squares of ihc on the three phases, over the sessions of journeys that
 * somebody held: elsewhere the holder's weight does not show. Undefined where there are none, or
 * phases are too alike to tell.
 */
export function fitPhaseWeights({ journeys, answers }: ScoredJourneys): PhaseWeights | undefined {
  const normal = Matrix.zeros(3, 3);
  const right = Matrix.zeros(3, 1);
  for (let journey = 0; journey < journeys.journeyCount; journey += 1) {
    const from = journeys.offsets[journey] as number;
    const to = journeys.offsets[journey + 1] as number;
    const held = answers.holder.subarray(from, to).some((value) => value > 0);
    for (let session = from; held && session < to; session += 1) {
      const row = [answers.initializer, answers.holder, answers.closer].map(
        (values) => values[session] as number,
      );
      row.forEach((value, index) => {
        right.set(index, 0, right.get(index, 0) + value * (answers.ihc[session] as number));
        row.forEach((other, column) => {
          normal.set(index, column, normal.get(index, column) + value * other);
        });
      });
    }
  }
  const scale = normal.trace();
  if (!(scale > 0)) {
    return undefined;
  }
  const [initializer = 0, holder = 0, closer = 0] = solve(normal, right, true)
    .to1DArray()
    .map((weight) => Math.max(0, weight));
  const sum = initializer + holder + closer;
  return sum > 0
    ? { initializer: initializer / sum, holder: holder / sum, closer: closer / sum }
    : undefined;
}
