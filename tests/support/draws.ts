/**
 * Where chance comes from in tests. Jest draws a seed for each run and prints it at the end, and
 * `--seed=N` repeats the run. Under CI everything is drawn from one fixed seed instead, so that no change
 * is refused for a draw it has nothing to do with.
 */
export const SEED = process.env.CI ? 261_123 : Math.abs(jest.getSeed()) % 1_000_000;

const TIMES = Number(process.env.TEST_TIMES ?? 1);

/** How many draws a test takes: so many, or a multiple of it under `npm run test:hammer`. */
export const draws = (count: number): number => count * TIMES;
