import { readDemoOptions } from '@tributary/local/demo/options';

describe('readDemoOptions', () => {
  it('covers whole days up to and with the end date', () => {
    const options = readDemoOptions({ days: 90, end: '2026-10-31' });
    expect(new Date(options.startsAt).toISOString()).toBe('2026-08-03T00:00:00.000Z');
    expect(new Date(options.endsAt).toISOString()).toBe('2026-11-01T00:00:00.000Z');
  });

  it('has the same defaults always: no clock takes part', () => {
    expect(readDemoOptions()).toEqual(readDemoOptions({}));
    expect(readDemoOptions().persons).toBe(8000);
  });

  it.each([
    [{ persons: 0 }, 'persons must be a whole number from 1 to 1,000,000'],
    [{ persons: 1_000_001 }, 'persons must be a whole number from 1 to 1,000,000'],
    [{ persons: 2.5 }, 'persons must be a whole number from 1 to 1,000,000'],
    [{ days: 3651 }, 'days must be a whole number from 1 to 3,650'],
    [{ days: Number.NaN }, 'days must be a whole number from 1 to 3,650'],
    [{ seed: -1 }, 'seed must be a whole number from 0'],
    [{ end: '31.10.2026' }, 'end must be a date like 2026-10-31'],
    [{ end: '2026-02-30' }, 'end must be a date like 2026-10-31'],
    [{ receivedBefore: 'now' }, 'receivedBefore must be a timestamp like 2026-09-01T00:00:00Z'],
  ])('refuses %j in one sentence', (input, sentence) => {
    expect(() => readDemoOptions(input)).toThrow(sentence);
  });

  it('names every mistake, each once', () => {
    const read = () => readDemoOptions({ persons: -1, days: 0 });
    expect(read).toThrow(/^The demo shop can't be made: persons .*; days [^;]*\.$/);
  });
});
