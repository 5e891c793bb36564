import { BASE, bootstrapShares } from '@tributary/functions/attribution/confidence/bootstrap';
import { timedJourneys } from '../models/timed-journeys';

/** So many conversions of channel a, and of channel b; each by a customer of their own. */
function conversions(a: number, b: number) {
  const one = (channel: number) => ({ converted: true, touches: [{ channel, age: 1 }] });
  const journeys = timedJourneys([...Array(a).fill(one(0)), ...Array(b).fill(one(1))]);
  const count = a + b;
  return {
    journeys,
    credits: { credit: new Float64Array(count).fill(1), baseShare: new Float64Array(count) },
    everyone: Uint32Array.from({ length: count }, (_, index) => index),
  };
}

describe('bootstrapShares', () => {
  it('has the width of a binomial share', () => {
    const { journeys, credits, everyone } = conversions(300, 700);
    const [a] = bootstrapShares(journeys, credits, everyone, { samples: 1000, level: 0.95 });
    const error = Math.sqrt((0.3 * 0.7) / 1000);
    expect(a?.share).toBeCloseTo(0.3, 12);
    expect(((a?.high as number) - (a?.low as number)) / (2 * 1.96 * error)).toBeGreaterThan(0.9);
    expect(((a?.high as number) - (a?.low as number)) / (2 * 1.96 * error)).toBeLessThan(1.1);
  });

  it('is wider where few customers made the conversions', () => {
    const { journeys, credits, everyone } = conversions(300, 700);
    const width = (customer: Uint32Array) => {
      const [a] = bootstrapShares(journeys, credits, customer);
      return (a?.high as number) - (a?.low as number);
    };
    expect(width(everyone.map((index) => Math.floor(index / 20)))).toBeGreaterThan(
      3 * width(everyone),
    );
  });

  it('is the same for the same seed, and has shares that make a whole', () => {
    const { journeys, credits, everyone } = conversions(3, 4);
    const intervals = bootstrapShares(journeys, credits, everyone, { seed: 5 });
    expect(bootstrapShares(journeys, credits, everyone, { seed: 5 })).toEqual(intervals);
    expect(intervals.map(({ channel }) => channel)).toEqual(['a', 'b', 'c', BASE]);
    expect(intervals.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
    for (const { low, share, high } of intervals) {
      expect(low).toBeLessThanOrEqual(share);
      expect(high).toBeGreaterThanOrEqual(share);
    }
  });

  it('is as wide where only a part of many customers is resampled', () => {
    const { journeys, credits, everyone } = conversions(3000, 7000);
    const options = { samples: 500, level: 0.95, mostCustomers: 1000 };
    const [a] = bootstrapShares(journeys, credits, everyone, options);
    const error = Math.sqrt((0.3 * 0.7) / 10_000);
    expect(a?.share).toBeCloseTo(0.3, 12);
    const width = ((a?.high as number) - (a?.low as number)) / (2 * 1.96 * error);
    expect(width).toBeGreaterThan(0.85);
    expect(width).toBeLessThan(1.15);
    expect(a?.low).toBeLessThan(0.3);
    expect(a?.high).toBeGreaterThan(0.3);
  });

  it('of no conversions is 0 throughout', () => {
    const intervals = bootstrapShares(
      timedJourneys([{ converted: false, touches: [] }]),
      { credit: new Float64Array(0), baseShare: new Float64Array(1) },
      Uint32Array.of(0),
    );
    expect(intervals.every(({ share, low, high }) => share + low + high === 0)).toBe(true);
  });
});
