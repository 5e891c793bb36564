import { inverse, Matrix } from 'ml-matrix';
import type { Chain } from './chain';

/**
 * Removal effects of a chain of order 1 from one inverse: with N = (I - Q)^-1 (expected visits) and
 * h = N r (expected reward from each state on),
 *
 *   RE_c = N[start, c] / N[c, c] * h_c / h_start
 *
 * that is, the chance that a journey comes to c at all, times what is earned from there on, in
 * parts of what all journeys earn. N[start, c] needs no solving: it is how often the journeys
 * touched c. Written with counts, N = (diag(visits) - weights)^-1 diag(visits).
 *
 * @returns for each kind of reward, the effect by channel
 */
export function closedForm(chain: Chain): Float64Array[] {
  const { stateCount, visits, rowStart, target, weight } = chain;
  const size = stateCount - 1;
  const matrix = Matrix.zeros(size, size);
  for (let state = 1; state < stateCount; state += 1) {
    matrix.set(state - 1, state - 1, visits[state] as number);
  }
  for (let state = 1; state < stateCount; state += 1) {
    const end = rowStart[state + 1] as number;
    for (let edge = rowStart[state] as number; edge < end; edge += 1) {
      const column = (target[edge] as number) - 1;
      matrix.set(state - 1, column, matrix.get(state - 1, column) - (weight[edge] as number));
    }
  }
  const inverted = inverse(matrix);
  return chain.rewards.map((rewards) => {
    const total = rewards.reduce((sum, reward) => sum + reward, 0);
    const effects = new Float64Array(chain.channelCount);
    if (total === 0) return effects;
    const earned = inverted.mmul(Matrix.columnVector(rewards.subarray(1)));
    for (let state = 1; state < stateCount; state += 1) {
      const visitsOfState = visits[state] as number;
      const fromStart = visitsOfState / (visits[0] as number);
      const returns = inverted.get(state - 1, state - 1) * visitsOfState;
      const rewardFromStart = total / (visits[0] as number);
      effects[chain.lastChannel[state] as number] =
        ((fromStart / returns) * earned.get(state - 1, 0)) / rewardFromStart;
    }
    return effects;
  });
}
