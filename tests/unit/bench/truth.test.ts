import { askedAt } from '@tributary/functions/attribution/models/observation/asked-at';
import { sessions } from '../../bench/truth/families';
import { simulate } from '../../bench/truth/simulate';
import { Table } from '../../bench/truth/table';

describe('the truth benchmark', () => {
  it('prints a dash where a model refused, and no NaN', () => {
    const table = new Table('errors', ['A', 'B']);
    table.add('last', 'A', 0.2);
    table.add('last', 'B', 0.3);
    table.add('hazard', 'A', 0.1);
    table.add('ihc', 'B', 0.4);
    const lines = table.text(['last']).split('\n');
    expect(lines.find((line) => line.startsWith('hazard'))).toMatch(/ 0\.100\* +- $/);
    expect(lines.find((line) => line.startsWith('ihc'))).toMatch(/ {2}- +0\.400!$/);
  });

  it('has sessions as the product sees them: the converting one is a flagged touch', () => {
    const settings = {
      persons: 400,
      days: 120,
      intentSpread: 0,
      targeted: false,
      watchedFrom: 'first_touch',
    } as const;
    const { journeys, caused } = simulate(sessions, settings, 7);
    expect(askedAt(journeys)).toBe('visits');
    let base = 0;
    journeys.conversions.forEach((count, journey) => {
      const last = (journeys.offsets[journey + 1] as number) - 1;
      if (count > 0) {
        expect(journeys.hoursToEnd[last]).toBeLessThan(0.5);
        expect(journeys.closer[last]).toBe(1);
        base += 1;
      }
    });
    const sum = caused.reduce((total, value) => total + value, 0);
    expect(sum).toBeGreaterThan(0.3 * base);
    expect(sum).toBeLessThan(base);
  });
});
