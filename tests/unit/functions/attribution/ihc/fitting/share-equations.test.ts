import {
  type PhaseState,
  shareEquations,
} from '@tributary/functions/attribution/ihc/fitting/share-equations';

// Two journeys that share a channel; the second has a session between knots, and one beyond.
const data = {
  offsets: Uint32Array.of(0, 3, 6),
  known: Float64Array.of(1, Number.NaN, Number.NaN, Number.NaN, 1, Number.NaN),
  at: Float64Array.of(0, 2, 5, 7, 0, 30),
  channel: Int32Array.of(0, 1, 0, 1, 2, 2),
  value: Float64Array.of(0.5, 0.3, 0.2, 0.2, 0.5, 0.3),
};
const state = (unknowns: readonly number[]): PhaseState => ({
  knots: Float64Array.of(1, 4, 10),
  curve: Float64Array.from(unknowns.slice(0, 3)),
  logWeights: Float64Array.from(unknowns.slice(3)),
});
const noise = {
  rounding: 0.1,
  bridge: Float64Array.of(0, 0),
  trust: Float64Array.of(1, 0.5),
};
const start = [0.2, 0.4, 0.9, 0.1, -0.2, 0.3];

/** Half the weighted squares that the equations minimise. */
function loss(unknowns: readonly number[]): number {
  const { errors } = shareEquations(data, state(unknowns), noise);
  return errors.reduce((sum, error, group) => {
    return sum + 0.5 * (noise.trust[group] ?? 0) * 3 * error ** 2;
  }, 0);
}

const moved = (index: number, by: number) =>
  start.map((value, each) => (each === index ? value + by : value));

describe('shareEquations', () => {
  const { normal, right } = shareEquations(data, state(start), noise);

  it('has the slope of the squares on its right', () => {
    start.forEach((_, index) => {
      const slope = (loss(moved(index, 1e-5)) - loss(moved(index, -1e-5))) / 2e-5;
      expect(right[index]).toBeCloseTo(-slope, 5);
    });
  });

  it('has the curvature of the squares on its left, where answers are met', () => {
    // Answers as predicted: then Gauss and Newton is Newton.
    const met = { ...data, value: predicted(start) };
    const at = (unknowns: readonly number[]) => shareEquations(met, state(unknowns), noise);
    const curvature = at(start).normal;
    start.forEach((_, row) => {
      const [after, before] = [at(moved(row, 1e-5)).right, at(moved(row, -1e-5)).right];
      start.forEach((__, column) => {
        const slope = ((after[column] ?? 0) - (before[column] ?? 0)) / 2e-5;
        expect(curvature[row * start.length + column]).toBeCloseTo(-slope, 3);
      });
    });
    expect(normal).toHaveLength(36);
  });

  it('expects more error where the curve may leave its line', () => {
    const rough = shareEquations(data, state(start), { ...noise, bridge: Float64Array.of(1, 1) });
    const smooth = shareEquations(data, state(start), noise);
    expect(rough.errors[0]).toBeLessThan((smooth.errors[0] ?? 0) / 2);
  });
});

function predicted([a = 0, b = 0, c = 0, x = 0, y = 0, z = 0]: readonly number[]) {
  const raw = [
    [Math.exp(x), ((2 * a + b) / 3) * Math.exp(y), ((5 * b + c) / 6) * Math.exp(x)],
    [((b + c) / 2) * Math.exp(y), Math.exp(z), c * Math.exp(z)],
  ];
  return Float64Array.from(
    raw.flatMap((values) => {
      const sum = values.reduce((total, value) => total + value, 0);
      return values.map((value) => value / sum);
    }),
  );
}
