import { duckZone, toLocal } from '@tributary/local/bigquery/functions/time-zone';

describe('the time zones of rows', () => {
  it('are those that BigQuery knows, in its spelling', () => {
    expect(duckZone('US/Pacific')).toBe('US/Pacific');
    for (const name of ['BST', 'PST', 'europe/berlin', 'utc', '', 'Nope/Zone', '+14:30']) {
      expect(() => duckZone(name)).toThrow(`Invalid time zone: ${name}`);
    }
  });

  it('take offsets, by a name of DuckDB or else by minutes', () => {
    expect(duckZone('-08')).toBe('Etc/GMT+8');
    expect(duckZone('+0100')).toBe('Etc/GMT-1');
    expect(duckZone('+05:30')).toBe('#330');
    expect(duckZone('-03:30')).toBe('#-210');
    expect(duckZone('-13')).toBe('#-780');
  });
});

it('a constant zone is not looked up for each row', () => {
  const sql = toLocal('ts', { sql: "'Europe/Berlin'", constant: 'Europe/Berlin' });
  expect(sql).not.toContain('bq_zone');
});
