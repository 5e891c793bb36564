export interface PositiveSolution {
  readonly solution: Float64Array;
  /** Row by row; absent unless asked for. */
  readonly inverse: Float64Array | undefined;
}

/**
 * Solves A x = b for a symmetric, positive definite A, given row by row. On flat arrays: a fit
 * takes dozens of such steps of 300 unknowns, and ml-matrix, which holds rows apart, took six
 * times as long for the inverse.
 */
export function solvePositive(
  matrix: Float64Array,
  right: Float64Array,
  wantsInverse: boolean,
): PositiveSolution {
  const size = right.length;
  // Scaled to a diagonal of 1: precisions of unknowns may be far apart.
  const scale = right.map((_, row) => 1 / Math.sqrt(matrix[row * size + row] as number));
  const factor = factorOf(matrix, scale);
  const solution = right.map((value, row) => value * (scale[row] as number));
  for (let row = 0; row < size; row += 1) {
    const known = dot(factor, row * size, solution, 0, row);
    solution[row] = ((solution[row] as number) - known) / (factor[row * size + row] as number);
  }
  for (let row = size - 1; row >= 0; row -= 1) {
    const value = (solution[row] as number) / (factor[row * size + row] as number);
    solution[row] = value;
    for (let column = 0; column < row; column += 1) {
      (solution[column] as number) -= (factor[row * size + column] as number) * value;
    }
  }
  return {
    solution: solution.map((value, row) => value * (scale[row] as number)),
    inverse: wantsInverse ? inverseOf(factor, scale) : undefined,
  };
}

/** Below this a pivot is rounding: its unknown hangs on the others. */
const SMALLEST_PIVOT = 1e-14;

/** L of A = L L', lower triangle, A scaled. */
function factorOf(matrix: Float64Array, scale: Float64Array): Float64Array {
  const size = scale.length;
  const factor = new Float64Array(size * size);
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column <= row; column += 1) {
      const scales = (scale[row] as number) * (scale[column] as number);
      const given = (matrix[row * size + column] as number) * scales;
      const rest = given - dot(factor, row * size, factor, column * size, column);
      factor[row * size + column] =
        row === column
          ? Math.sqrt(Math.max(rest, SMALLEST_PIVOT))
          : rest / (factor[column * size + column] as number);
    }
  }
  return factor;
}

function dot(a: Float64Array, fromA: number, b: Float64Array, fromB: number, length: number) {
  let sum = 0;
  for (let index = 0; index < length; index += 1) {
    sum += (a[fromA + index] as number) * (b[fromB + index] as number);
  }
  return sum;
}

/** M' M with M = 1 / L, by rows. */
function inverseOf(factor: Float64Array, scale: Float64Array): Float64Array {
  const size = scale.length;
  const inverse = new Float64Array(size * size);
  const lower = new Float64Array(size * size);
  for (let row = 0; row < size; row += 1) {
    lower[row * size + row] = 1;
    for (let k = 0; k < row; k += 1) {
      addRow(lower, row * size, lower, k * size, -(factor[row * size + k] as number), k + 1);
    }
    const diagonal = factor[row * size + row] as number;
    for (let column = 0; column <= row; column += 1) {
      (lower[row * size + column] as number) /= diagonal;
    }
    for (let k = 0; k <= row; k += 1) {
      addRow(inverse, k * size, lower, row * size, lower[row * size + k] as number, k + 1);
    }
  }
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column <= row; column += 1) {
      (inverse[row * size + column] as number) *=
        (scale[row] as number) * (scale[column] as number);
      inverse[column * size + row] = inverse[row * size + column] as number;
    }
  }
  return inverse;
}

function addRow(
  target: Float64Array,
  at: number,
  source: Float64Array,
  from: number,
  factor: number,
  length: number,
) {
  for (let index = 0; index < length; index += 1) {
    (target[at + index] as number) += factor * (source[from + index] as number);
  }
}
