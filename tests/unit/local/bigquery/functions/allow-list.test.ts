import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  aggregateFamilies,
  aggregateFunctions,
  scalarFamilies,
  scalarFunctions,
} from '@tributary/local/bigquery/functions';
import { castProofs } from '@tributary/local/bigquery/functions/cast-cases';

const FOLDER = join(__dirname, '../../../../../local/bigquery/functions');

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

  it('is counted right by the README', () => {
    const readme = readFileSync(`${FOLDER}/README.md`, 'utf8');
    const table = readme.split('\n').filter((line) => /^\| [a-z ]+ \| \d+ \| \d+ \|/.test(line));
    const counted = table.map((line) =>
      line
        .split('|')
        .slice(1, 4)
        .map((cell) => cell.trim()),
    );
    const families = { ...scalarFamilies, ...aggregateFamilies, cast: castProofs };
    expect(counted).toEqual(
      Object.entries(families).map(([family, members]) => [
        family,
        String(members.length),
        String(members.reduce((sum, { cases }) => sum + cases.length, 0)),
      ]),
    );
  });

  it('covers what marketing SQL needs', () => {
    expect(entries.length).toBeGreaterThanOrEqual(270);
  });
});
