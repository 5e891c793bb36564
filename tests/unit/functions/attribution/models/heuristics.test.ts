import { HEURISTICS, heuristicCredits } from '@tributary/functions/attribution/models/heuristics';
import { channelTotals } from '@tributary/functions/attribution/models/touch-credits';
import { readPaths } from '@tributary/functions/attribution/paths/read-paths';
import * as fc from 'fast-check';
import { byName, journeysOf, path, pathData, somePaths, sumsByJourney } from './support';

describe('heuristicCredits', () => {
  it('gives the first, the last or all touches', () => {
    const journeys = journeysOf([path('a b b', 2), path('c', 0, 3), path('', 1)]);
    expect([...heuristicCredits(journeys, 'first').credit]).toEqual([1, 0, 0, 0]);
    expect([...heuristicCredits(journeys, 'last').credit]).toEqual([0, 0, 1, 0]);
    const linear = heuristicCredits(journeys, 'linear');
    expect([...linear.credit]).toEqual([1 / 3, 1 / 3, 1 / 3, 0]);
    expect([...linear.baseShare]).toEqual([0, 0, 1]);
    expect(byName(journeys, channelTotals(journeys, linear))).toEqual({
      a: 2 / 3,
      b: 4 / 3,
      c: 0,
    });
  });

  it('shares each conversion once, and nothing where there is none', () => {
    fc.assert(
      fc.property(somePaths(), fc.constantFrom(...HEURISTICS), (paths, heuristic) => {
        const journeys = journeysOf(paths);
        const sums = sumsByJourney(journeys, heuristicCredits(journeys, heuristic));
        sums.forEach((sum, journey) => {
          expect(sum).toBeCloseTo((journeys.conversions[journey] as number) > 0 ? 1 : 0, 12);
        });
      }),
    );
  });
});

const describeWithData = pathData === undefined ? describe.skip : describe;
if (pathData === undefined) {
  console.warn('Skipped: ../shared/data/attribution is absent, so there are no golden values.');
}

describeWithData('golden values of the heuristics', () => {
  it.each([
    ['eta', 3164, 4167, 3539.951157101],
    ['iota', 4606, 3355, 3857.096221018],
    ['alpha', 6308, 8447, 7574.718593751],
    ['beta', 2831, 989, 2083.500144589],
    ['theta', 1606, 653, 1022.801393904],
    ['lambda', 902, 1207, 1035.257572286],
    ['kappa', 74, 230, 137.964077922],
    ['mi', 2, 2, 2.222222222],
  ])('%s', async (channel, first, last, linear) => {
    const journeys = await readPaths(pathData as string);
    const totals = HEURISTICS.map(
      (heuristic) =>
        byName(journeys, channelTotals(journeys, heuristicCredits(journeys, heuristic)))[channel],
    );
    expect(totals[0]).toBe(first);
    expect(totals[1]).toBe(last);
    expect(Math.abs((totals[2] as number) - linear)).toBeLessThan(1e-6);
  });
});
