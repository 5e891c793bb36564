import { CholeskyDecomposition, Matrix } from 'ml-matrix';
import { meanLogOdds } from '../observation/log-loss';
import { linear, type SparseRows } from '../sparse-rows';

export interface LogitProblem {
  /** Column 0 is the intercept. */
  readonly design: SparseRows;
  /** Columns of the design. */
  readonly width: number;
  readonly outcomes: Float64Array;
  readonly weights: Float64Array;
  /** Normal prior of each coefficient: its mean, and its precision (0: none). */
  readonly priorMean: Float64Array;
  readonly precision: Float64Array;
}

export interface NewtonFit {
  readonly coefficients: Float64Array;
  readonly steps: number;
  readonly converged: boolean;
  /** Penalised log-likelihood after each step; it never falls. */
  readonly logLikelihoods: readonly number[];
}

/**
 * Ridge logistic regression by Newton's method (iteratively reweighted least squares), halving a
 * step that would lose. With a prior, a feature that separates the outcomes gets a finite
 * coefficient.
 */
export function fitLogit(
  problem: LogitProblem,
  { maximumSteps, tolerance }: { readonly maximumSteps: number; readonly tolerance: number },
): NewtonFit {
  const { width } = problem;
  let coefficients: Float64Array = new Float64Array(width);
  coefficients.set(problem.priorMean);
  coefficients[0] = meanLogOdds(problem.outcomes, problem.weights);
  let value = penalised(problem, coefficients);
  const logLikelihoods = [value];
  for (let step = 1; step <= maximumSteps; step += 1) {
    const direction = newtonDirection(problem, coefficients);
    let length = 1;
    let next = move(coefficients, direction, length);
    let nextValue = penalised(problem, next);
    while (!(nextValue >= value) && length > 1e-6) {
      length /= 2;
      next = move(coefficients, direction, length);
      nextValue = penalised(problem, next);
    }
    if (!(nextValue >= value)) {
      return { coefficients, steps: step, converged: true, logLikelihoods };
    }
    coefficients = next;
    value = nextValue;
    logLikelihoods.push(value);
    if (direction.every((change) => Math.abs(change * length) <= tolerance)) {
      return { coefficients, steps: step, converged: true, logLikelihoods };
    }
  }
  return { coefficients, steps: maximumSteps, converged: false, logLikelihoods };
}

function move(from: Float64Array, direction: Float64Array, length: number): Float64Array {
  return from.map((value, index) => value + length * (direction[index] as number));
}

/** log(1 + exp(x)) without overflow. */
export function softplus(x: number): number {
  return x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x));
}

function penalised(problem: LogitProblem, coefficients: Float64Array): number {
  const { design, width, outcomes, weights, priorMean, precision } = problem;
  let value = 0;
  for (let row = 0; row < outcomes.length; row += 1) {
    const odds = linear(design, row, coefficients);
    value += (weights[row] as number) * ((outcomes[row] as number) * odds - softplus(odds));
  }
  for (let column = 0; column < width; column += 1) {
    const distance = (coefficients[column] as number) - (priorMean[column] as number);
    value -= ((precision[column] as number) / 2) * distance ** 2;
  }
  return value;
}

function newtonDirection(
  { design, width, outcomes, weights, priorMean, precision }: LogitProblem,
  coefficients: Float64Array,
): Float64Array {
  const hessian = new Float64Array(width * width);
  const gradient = new Float64Array(width);
  const { offsets, columns, values } = design;
  for (let row = 0; row < outcomes.length; row += 1) {
    const probability = 1 / (1 + Math.exp(-linear(design, row, coefficients)));
    const weight = weights[row] as number;
    const residual = weight * ((outcomes[row] as number) - probability);
    const curvature = weight * probability * (1 - probability);
    // Most channels did not touch most journeys.
    const from = offsets[row] as number;
    const to = offsets[row + 1] as number;
    for (let at = from; at < to; at += 1) {
      const column = columns[at] as number;
      const value = values[at] as number;
      (gradient[column] as number) += residual * value;
      const scaled = curvature * value;
      for (let other = from; other <= at; other += 1) {
        (hessian[column * width + (columns[other] as number)] as number) +=
          scaled * (values[other] as number);
      }
    }
  }
  const matrix = Matrix.zeros(width, width);
  for (let column = 0; column < width; column += 1) {
    const distance = (coefficients[column] as number) - (priorMean[column] as number);
    const held = precision[column] as number;
    (gradient[column] as number) -= held * distance;
    for (let other = 0; other <= column; other += 1) {
      const entry = hessian[column * width + other] as number;
      matrix.set(column, other, entry);
      matrix.set(other, column, entry);
    }
    // Where probabilities are 0 or 1 to the last bit, the intercept has no curvature left.
    matrix.set(column, column, matrix.get(column, column) + Math.max(1e-9, held));
  }
  const solution = new CholeskyDecomposition(matrix).solve(Matrix.columnVector(gradient));
  return Float64Array.from(solution.to1DArray());
}
