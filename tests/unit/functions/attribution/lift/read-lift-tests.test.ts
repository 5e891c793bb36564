import { readLiftTests, usableTests } from '@tributary/functions/attribution/lift/read-lift-tests';
import { createMemoryWarehouse } from '../../../../support/memory-warehouse';
import { timedJourneys } from '../models/timed-journeys';

const staged = {
  conversion_type: 'first_order',
  channel: 'a',
  start_day: 20_000,
  end_day: 20_009,
  incremental_conversion_count: '12.5',
  standard_error: 3,
  population: 500,
};

describe('readLiftTests', () => {
  it('gives tests by conversion type; without population they are of everybody', async () => {
    const warehouse = createMemoryWarehouse();
    const other = { ...staged, conversion_type: 'registration', population: null };
    warehouse.answerQuery('stg_imports__lift_tests', [staged, other, staged]);
    const tests = await readLiftTests(warehouse, 'tributary', 900);
    const test = {
      channel: 'a',
      startDay: 20_000,
      endDay: 20_009,
      incrementalConversions: 12.5,
      standardError: 3,
      population: 500,
    };
    expect(tests.get('first_order')).toEqual([test, test]);
    expect(tests.get('registration')).toEqual([{ ...test, population: 900 }]);
  });
});

describe('usableTests', () => {
  const touches = [{ channel: 0, age: 1 }];
  const journeys = timedJourneys(
    [
      { touches, converted: false, endDay: 19_990 },
      { touches, converted: true, endDay: 20_000 },
      { touches, converted: false, endDay: 20_010 },
    ],
    ['a', 'b'],
  );
  const test = {
    channel: 'a',
    startDay: 20_000,
    endDay: 20_010,
    incrementalConversions: 1,
    standardError: 1,
    population: 1,
  };

  it('keeps what lies within the days of the journeys', () => {
    expect(usableTests([test], journeys)).toEqual({ tests: [test], refusals: [] });
  });

  it.each([
    [
      { startDay: 19_999 },
      /^The lift test of channel "a", 2024-10-03 to 2024-10-14, is not within the days/,
    ],
    [{ endDay: 20_011 }, /is not within the days of the journeys, 2024-10-04 to 2024-10-14; give/],
    [{ channel: 'c' }, /"c", .* names a channel that no journey has/],
    [{ standardError: 0 }, /has the standard error 0; give one above 0/],
    [{ population: 0 }, /has a population of 0/],
    [{ startDay: 20_005, endDay: 20_004 }, /ends before it starts/],
  ])('names %j, and keeps the others', (wrong, message) => {
    const { tests, refusals } = usableTests([{ ...test, ...wrong }, test], journeys);
    expect(tests).toEqual([test]);
    expect(refusals).toEqual([expect.stringMatching(message)]);
  });
});
