import { compensatorOf } from '@tributary/functions/attribution/models/hazard/compensator';
import {
  type EventTable,
  eventTable,
} from '@tributary/functions/attribution/models/hazard/event-table';
import { visitTable } from '@tributary/functions/attribution/models/hazard/visit-table';
import fc from 'fast-check';
import { anyJourney, type TestJourney, timedJourneys } from '../timed-journeys';

const anyTau = fc.double({ min: 1, max: 1440, noNaN: true });

const added = {
  ends: (age: number, tau: number) => -tau * Math.expm1(-age / tau),
  visits: (age: number, tau: number) => Math.exp(-age / tau),
};

/** Of the channels, the worst error at the taus given, relative to the sum itself. */
function worstError(table: EventTable, taus: readonly number[]): number {
  const { asked, bins, exposed } = table;
  const compensator = compensatorOf(table);
  let worst = 0;
  for (let channel = 0; channel < table.channelCount; channel += 1) {
    const counts = exposed.subarray(channel * bins.count, (channel + 1) * bins.count);
    const occurring = Array.from(bins.hours.keys()).filter((bin) => (counts[bin] as number) > 0);
    for (const tau of taus) {
      const sum = occurring.reduce(
        (total, bin) =>
          total + (counts[bin] as number) * added[asked](bins.hours[bin] as number, tau),
        0,
      );
      const read = Math.exp(compensator(channel, Math.log(tau)));
      worst = Math.max(worst, sum > 0 ? Math.abs(read - sum) / sum : read);
    }
  }
  return worst;
}

describe.each([{ tableOf: eventTable }, { tableOf: visitTable }])(
  'the compensator read from $tableOf.name',
  ({ tableOf }) => {
    it('is the sum over ages to 1e-9, between its points too', () => {
      // Two old touches to one fresh: what cubic interpolation in steps of 1/16 read wrong by 1.2e-7.
      const oldAndFresh: TestJourney = {
        converted: false,
        touches: [
          { channel: 2, age: 197.63646020290162 },
          { channel: 0, age: 0 },
          { channel: 0, age: 0 },
        ],
      };
      fc.assert(
        fc.property(fc.array(anyJourney, { minLength: 1, maxLength: 5 }), anyTau, (list, tau) => {
          expect(worstError(tableOf(timedJourneys(list)), [tau])).toBeLessThanOrEqual(1e-9);
        }),
        { examples: [[[oldAndFresh], 59.76676740805773]] },
      );
    });
  },
);

describe('where old touches go, one fresh stays: at visits the compensator is wrong', () => {
  const taus = Array.from({ length: 1000 }, (_, place) => Math.exp((place / 999) * Math.log(1440)));

  it.each([
    { old: 10, allowed: 3e-11 },
    { old: 1_000, allowed: 1.4e-9 },
    { old: 1_000_000, allowed: 4e-8 },
  ])('by $allowed of itself at most, of $old old ones', ({ old, allowed }) => {
    const table = visitTable(
      timedJourneys([{ converted: false, touches: [{ channel: 0, age: 2880 }] }]),
    );
    for (let bin = 100; bin < table.bins.count; bin += 100) {
      const exposed = new Float64Array(table.exposed.length);
      exposed[0] = 1;
      exposed[bin] = old;
      expect(worstError({ ...table, exposed }, taus)).toBeLessThanOrEqual(allowed);
    }
  });
});

it('a channel that exposed nobody has none', () => {
  const table = eventTable(
    timedJourneys([
      { converted: true, touches: [{ channel: 0, age: 5 }] },
      { converted: true, touches: [{ channel: 1, age: 0 }] },
    ]),
  );
  expect(compensatorOf(table)(0, 3)).toBeGreaterThan(0);
  expect(compensatorOf(table)(1, 3)).toBe(Number.NEGATIVE_INFINITY);
});
