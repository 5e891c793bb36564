import { compensatorOf } from '@tributary/functions/attribution/models/hazard/compensator';
import { eventTable } from '@tributary/functions/attribution/models/hazard/event-table';
import { visitTable } from '@tributary/functions/attribution/models/hazard/visit-table';
import fc from 'fast-check';
import { anyJourney, timedJourneys } from '../timed-journeys';

const anyTau = fc.double({ min: 1, max: 1440, noNaN: true });

describe.each([
  { table: eventTable, added: (age: number, tau: number) => -tau * Math.expm1(-age / tau) },
  { table: visitTable, added: (age: number, tau: number) => Math.exp(-age / tau) },
])('the compensator read from $table.name', ({ table: tableOf, added }) => {
  it('is the sum over ages to 1e-7, between its points too', () => {
    fc.assert(
      fc.property(fc.array(anyJourney, { minLength: 1, maxLength: 5 }), anyTau, (list, tau) => {
        const table = tableOf(timedJourneys(list));
        const compensator = compensatorOf(table);
        for (let channel = 0; channel < table.channelCount; channel += 1) {
          let sum = 0;
          table.bins.hours.forEach((age, bin) => {
            sum += (table.exposed[channel * table.bins.count + bin] as number) * added(age, tau);
          });
          expect(Math.abs(Math.exp(compensator(channel, Math.log(tau))) - sum)).toBeLessThanOrEqual(
            1e-7 * sum,
          );
        }
      }),
    );
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
