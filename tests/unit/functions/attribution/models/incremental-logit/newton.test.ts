import { fitLogit } from '@tributary/functions/attribution/models/incremental-logit/newton';
import { sparseRows } from '@tributary/functions/attribution/models/sparse-rows';

const options = { maximumSteps: 50, tolerance: 1e-10 };
const problem = (
  rows: readonly (readonly number[])[],
  outcomes: readonly number[],
  ridge: number,
  priorMean = 0,
) => ({
  design: sparseRows(Float64Array.from(rows.flat()), rows[0]?.length ?? 0),
  width: rows[0]?.length ?? 0,
  outcomes: Float64Array.from(outcomes),
  weights: new Float64Array(outcomes.length).fill(1),
  priorMean: Float64Array.from(rows[0] ?? [], (_, column) => (column === 0 ? 0 : priorMean)),
  precision: Float64Array.from(rows[0] ?? [], (_, column) => (column === 0 ? 0 : ridge)),
});

describe('fitLogit', () => {
  it('finds the log odds ratio of a table of four', () => {
    // 30 of 40 with, 10 of 60 without: log(3) - log(1/5).
    const rows = [...Array(40).fill([1, 1]), ...Array(60).fill([1, 0])];
    const outcomes = [
      ...Array(30).fill(1),
      ...Array(10).fill(0),
      ...Array(10).fill(1),
      ...Array(50).fill(0),
    ];
    const { coefficients, converged } = fitLogit(problem(rows, outcomes, 0), options);
    expect(converged).toBe(true);
    expect(coefficients[0]).toBeCloseTo(Math.log(1 / 5), 8);
    expect(coefficients[1]).toBeCloseTo(Math.log(15), 8);
  });

  it('stays finite where a feature separates the outcomes, and its likelihood never falls', () => {
    const rows = [...Array(20).fill([1, 1]), ...Array(20).fill([1, 0])];
    const outcomes = [...Array(20).fill(1), ...Array(20).fill(0)];
    const fit = fitLogit(problem(rows, outcomes, 1), options);
    expect(fit.converged).toBe(true);
    expect(fit.coefficients[1]).toBeGreaterThan(2);
    expect(fit.coefficients[1]).toBeLessThan(10);
    fit.logLikelihoods.slice(1).forEach((value, step) => {
      expect(value).toBeGreaterThanOrEqual(fit.logLikelihoods[step] as number);
    });
  });

  it('does not mind columns that say the same', () => {
    const rows = [...Array(10).fill([1, 1, 1]), ...Array(10).fill([1, 0, 0])];
    const outcomes = Array.from({ length: 20 }, (_, row) => (row % 3 === 0 ? 1 : 0));
    const { coefficients } = fitLogit(problem(rows, outcomes, 1), options);
    expect(coefficients[1]).toBeCloseTo(coefficients[2] as number, 10);
  });

  it('goes to the mean of a prior that is sure', () => {
    const rows = Array.from({ length: 30 }, (_, row) => [1, row % 2]);
    const outcomes = rows.map((_, row) => (row % 3 === 0 ? 1 : 0));
    expect(fitLogit(problem(rows, outcomes, 1e9, 0.7), options).coefficients[1]).toBeCloseTo(
      0.7,
      6,
    );
  });

  it('says where it did not converge', () => {
    const rows = [
      [1, 1],
      [1, 0],
    ];
    const fit = fitLogit(problem(rows, [1, 0], 1), { maximumSteps: 1, tolerance: 1e-12 });
    expect(fit.converged).toBe(false);
  });
});
