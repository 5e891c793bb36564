import {
  aggregateFamilies,
  aggregateFunctions,
  scalarFamilies,
  scalarFunctions,
} from '@tributary/local/bigquery/functions';

const entries = [
  ...Object.values(scalarFamilies).flat(),
  ...Object.values(aggregateFamilies).flat(),
];

describe('the allow-list', () => {
  it('has no function without cases', () => {
    expect(entries.filter((entry) => entry.cases.length === 0).map((entry) => entry.name)).toEqual(
      [],
    );
  });

  it('names every function once, in lower case', () => {
    expect(scalarFunctions.size + aggregateFunctions.size).toBe(entries.length);
    expect(entries.every((entry) => entry.name === entry.name.toLowerCase())).toBe(true);
  });

  it('covers what marketing SQL needs', () => {
    expect(entries.length).toBeGreaterThanOrEqual(180);
  });
});
