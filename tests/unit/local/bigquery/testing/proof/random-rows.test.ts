import { parseType } from '@tributary/local/bigquery/sql/types';
import { keyText } from '@tributary/local/bigquery/testing/proof/linked-columns';
import { type RandomTable, randomRows } from '@tributary/local/bigquery/testing/proof/random-rows';
import { valueText } from '@tributary/local/bigquery/testing/proof/value-text';
import fc from 'fast-check';

const column = (name: string, type: string) => ({ name, type: parseType(type) });

const TABLE: RandomTable = {
  name: 'touchpoints',
  columns: [
    column('conversion_id', 'STRING'),
    column('session_id', 'STRING'),
    column('position', 'INT64'),
    column('touch_count', 'INT64'),
    column('started_at', 'TIMESTAMP'),
    column('converted_at', 'TIMESTAMP'),
    column('visit_date', 'DATE'),
    column('page_url', 'STRING'),
    column('kind', 'STRING'),
    column('revenue_amount', 'NUMERIC'),
    column('hours_to_conversion', 'FLOAT64'),
    column('is_bot', 'BOOL'),
    column('properties', 'JSON'),
    column('raw', 'BYTES'),
    column('tags', 'ARRAY<STRUCT<name STRING, count INT64>>'),
  ],
  rules: {
    uniqueKeys: [['conversion_id', 'session_id']],
    nonNull: new Set(['kind', 'started_at']),
  },
};

const options = (seed: number, rows: number) => ({
  seed,
  rows,
  literals: new Map([['kind', ['order', 'visitor']]]),
});

const text = (rows: ReturnType<typeof randomRows>): string[] =>
  rows.map((row) => TABLE.columns.map(({ name, type }) => valueText(row[name], type)).join(' '));

test('the same seed gives the same rows, another seed others', () => {
  const rows = text(randomRows(TABLE, options(7, 200)));
  expect(text(randomRows(TABLE, options(7, 200)))).toEqual(rows);
  expect(text(randomRows(TABLE, options(8, 200)))).not.toEqual(rows);
});

test('rows keep to the rules of their table, whatever the seed', () => {
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 1, max: 60 }), (seed, count) => {
      const rows = randomRows(TABLE, options(seed, count));
      expect(rows).toHaveLength(count);
      const keys = rows.map((row) => keyText(row, ['conversion_id', 'session_id']));
      expect(new Set(keys).size).toBe(count);
      for (const row of rows) {
        expect(row.kind).not.toBeNull();
        expect(row.started_at).not.toBeNull();
        expect(Array.isArray(row.tags)).toBe(true);
        if (row.properties !== null) JSON.parse(String(row.properties));
      }
    }),
    { numRuns: 20 },
  );
});

test('rows of a group are numbered in the order of time and agree in what belongs to the group', () => {
  const rows = randomRows(TABLE, options(3, 400));
  const largest = rows.find((row) => Number(row.touch_count) > 2);
  const members = rows.filter((row) => row.conversion_id === largest?.conversion_id);
  expect(members.map((row) => row.position)).toEqual(members.map((_, i) => BigInt(i + 1)));
  expect(members.every((row) => row.touch_count === BigInt(members.length))).toBe(true);
  expect(new Set(members.map((row) => row.converted_at)).size).toBe(1);
  const times = members.map((row) => String(row.started_at));
  expect([...times].sort()).toEqual(times);
});

test('strings that the models look for occur, and NULLs where they may', () => {
  const rows = randomRows(TABLE, options(1, 300));
  expect(rows.some((row) => row.kind === 'order')).toBe(true);
  expect(rows.some((row) => row.page_url === null)).toBe(true);
  expect(rows.some((row) => String(row.page_url).includes('utm_source='))).toBe(true);
  expect(rows.some((row) => String(row.revenue_amount).startsWith('-'))).toBe(true);
});

test('a table without keys has rows twice', () => {
  const open = { ...TABLE, rules: { uniqueKeys: [], nonNull: new Set<string>() } };
  const rows = text(randomRows({ ...open, columns: TABLE.columns.slice(4) }, options(1, 300)));
  expect(new Set(rows).size).toBeLessThan(300);
});

test('ids of two tables meet', () => {
  const ids = (name: string) =>
    new Set(randomRows({ ...TABLE, name }, options(5, 500)).map((row) => row.session_id));
  const [left, right] = [ids('sessions'), ids('touchpoints')];
  expect([...left].filter((id) => right.has(id)).length).toBeGreaterThan(50);
});

test('a table of rates has every currency on every day of the data', () => {
  const rates: RandomTable = {
    name: 'rates',
    columns: [
      column('currency_code', 'STRING'),
      column('rate_date', 'DATE'),
      column('rate', 'NUMERIC'),
    ],
    rules: { uniqueKeys: [['currency_code', 'rate_date']], nonNull: new Set(['rate']) },
  };
  const rows = randomRows(rates, options(1, 50));
  const days = new Set(rows.map((row) => row.rate_date));
  expect(days.has('1999-12-31')).toBe(true);
  expect(rows).toHaveLength(days.size * new Set(rows.map((row) => row.currency_code)).size);
});
