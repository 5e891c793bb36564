import { randomShards } from '@tributary/local/bigquery/testing/proof/shards';

const rows = Array.from({ length: 200 }, (_, index) => ({ id: BigInt(index) }));
const options = { seed: 1, rows: 200, literals: new Map() };

test('every row lies in one table of a day, and kinds of tables share days but not all', () => {
  const shards = randomShards(rows, ['', 'intraday_'], options);
  expect([...shards.values()].flat().length).toBe(rows.length);
  const days = (prefix: RegExp) =>
    [...shards.keys()].flatMap((suffix) => prefix.exec(suffix)?.[1] ?? []);
  const [final, streamed] = [days(/^(\d{8})$/), days(/^intraday_(\d{8})$/)];
  expect([final.length, streamed.length]).toEqual([3, 3]);
  expect(streamed.filter((day) => final.includes(day)).length).toBe(2);
});

test('the same seed parts the rows in the same way', () => {
  expect(randomShards(rows, [''], options)).toEqual(randomShards(rows, [''], options));
  expect(randomShards(rows, [''], { ...options, seed: 2 })).not.toEqual(
    randomShards(rows, [''], options),
  );
});
