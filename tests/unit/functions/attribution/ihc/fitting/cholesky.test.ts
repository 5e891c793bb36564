import { solvePositive } from '@tributary/functions/attribution/ihc/fitting/cholesky';
import { seededRandom } from '@tributary/functions/attribution/ihc/random';

describe('solvePositive', () => {
  const size = 12;
  const random = seededRandom(5);
  const root = Float64Array.from({ length: size * size }, () => random() - 0.5);
  // B B' + I with rows a million times apart: positive definite, badly scaled.
  const matrix = new Float64Array(size * size);
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      let sum = row === column ? 1 : 0;
      for (let k = 0; k < size; k += 1) {
        sum += (root[row * size + k] ?? 0) * (root[column * size + k] ?? 0);
      }
      matrix[row * size + column] = sum * 10 ** ((row + column) / 4);
    }
  }
  const expected = Float64Array.from({ length: size }, () => random());
  const right = expected.map((_, row) =>
    expected.reduce((sum, value, column) => sum + (matrix[row * size + column] ?? 0) * value, 0),
  );

  it('solves', () => {
    const { solution, inverse } = solvePositive(matrix, right, false);
    expect(inverse).toBeUndefined();
    solution.forEach((value, index) => {
      expect(value).toBeCloseTo(expected[index] ?? 0, 8);
    });
  });

  it('inverts: A times its inverse is the identity', () => {
    const inverse = solvePositive(matrix, right, true).inverse ?? new Float64Array(0);
    for (let row = 0; row < size; row += 1) {
      for (let column = 0; column < size; column += 1) {
        let sum = 0;
        for (let k = 0; k < size; k += 1) {
          sum += (matrix[row * size + k] ?? 0) * (inverse[k * size + column] ?? 0);
        }
        expect(sum * 10 ** ((column - row) / 4)).toBeCloseTo(row === column ? 1 : 0, 8);
      }
    }
  });
});
