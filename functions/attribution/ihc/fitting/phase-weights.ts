import { Matrix, solve } from 'ml-matrix';
import type { PhaseWeights } from '../parameters';
import type { ScoredJourneys } from './scored-journeys';

/** What answers without any holder value leave open; the service's lie at .37 to .38. */
const USUAL_HOLDER = 0.375;

export interface FittedPhaseWeights {
  readonly phaseWeights: PhaseWeights;
  /** False where nobody held, so that the holder's weight is a guess that changes no such answer. */
  readonly holderIsTold: boolean;
}

/**
 * Phase weights by least squares of ihc on the phases: all three over the sessions of journeys
 * that somebody held, else initializer against closer. Undefined where phases are too alike.
 */
export function fitPhaseWeights(scored: ScoredJourneys): FittedPhaseWeights | undefined {
  const { initializer, holder, closer } = scored.answers;
  const held = leastSquares(scored, [initializer, holder, closer], true);
  if (held !== undefined) {
    const [first = 0, middle = 0, last = 0] = held;
    const phaseWeights = { initializer: first, holder: middle, closer: last };
    return { phaseWeights, holderIsTold: true };
  }
  const unheld = leastSquares(scored, [initializer, closer], false);
  if (unheld === undefined) {
    return undefined;
  }
  const [first = 0, last = 0] = unheld.map((weight) => weight * (1 - USUAL_HOLDER));
  const phaseWeights = { initializer: first, holder: USUAL_HOLDER, closer: last };
  return { phaseWeights, holderIsTold: false };
}

/** Weights that sum to 1, over journeys with or without holder value. */
function leastSquares(
  { journeys, answers }: ScoredJourneys,
  phases: readonly Float64Array[],
  isHeld: boolean,
): number[] | undefined {
  const size = phases.length;
  const normal = Matrix.zeros(size, size);
  const right = Matrix.zeros(size, 1);
  for (let journey = 0; journey < journeys.journeyCount; journey += 1) {
    const from = journeys.offsets[journey] as number;
    const to = journeys.offsets[journey + 1] as number;
    const counts = answers.holder.subarray(from, to).some((value) => value > 0) === isHeld;
    for (let session = from; counts && session < to; session += 1) {
      phases.forEach((values, row) => {
        const value = values[session] as number;
        right.set(row, 0, right.get(row, 0) + value * (answers.ihc[session] as number));
        phases.forEach((others, column) => {
          const product = value * (others[session] as number);
          normal.set(row, column, normal.get(row, column) + product);
        });
      });
    }
  }
  if (!(normal.trace() > 0)) {
    return undefined;
  }
  const weights = solve(normal, right, true)
    .to1DArray()
    .map((weight) => Math.max(0, weight));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return sum > 0 ? weights.map((weight) => weight / sum) : undefined;
}
