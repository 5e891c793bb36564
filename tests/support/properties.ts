import type * as FastCheck from 'fast-check';
import { draws, SEED } from './draws';

/** Every property draws from the run's seed, and as often as the run is told; loaded by those that do. */
jest.mock('fast-check', () => {
  const given = jest.requireActual<typeof FastCheck>('fast-check');
  given.configureGlobal({ seed: SEED });
  const often =
    <R>(run: (property: never, options: { numRuns: number }) => R) =>
    (property: never, options: { numRuns?: number } = {}): R =>
      run(property, { ...options, numRuns: draws(options.numRuns ?? 100) });
  const drawn = { ...given, assert: often(given.assert), check: often(given.check) };
  return { ...drawn, default: drawn, __esModule: true };
});
