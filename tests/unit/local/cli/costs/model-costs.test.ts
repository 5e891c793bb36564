import { sumCosts } from '@tributary/local/cli/costs/model-costs';
import { costsAsJson, printCosts } from '@tributary/local/cli/costs/print-costs';

const MB = 1024 * 1024;

const COSTS = sumCosts(
  new Map([
    ['cheap', ['a']],
    ['dear', ['b', 'c']],
    ['forgotten', ['gone']],
  ]),
  [
    {
      jobId: 'a',
      startTime: '1000',
      endTime: '1500',
      estimatedBytesProcessed: '8',
      totalBytesProcessed: String(10 * MB),
      totalBytesBilled: String(10 * MB),
    },
    {
      jobId: 'b',
      startTime: '0',
      endTime: '2000',
      totalBytesProcessed: '30000000',
      totalBytesBilled: String(29 * MB),
    },
    { jobId: 'c', totalBytesProcessed: '0', totalBytesBilled: '0' },
    { jobId: 'of somebody else', totalBytesProcessed: '999', totalBytesBilled: '999' },
  ],
);

test('a model costs what its jobs cost, the dearest first', () => {
  expect(COSTS).toEqual([
    { model: 'dear', seconds: 2, bytesRead: 30_000_000, bytesBilled: 29 * MB },
    { model: 'cheap', seconds: 0.5, bytesRead: 8, bytesBilled: 10 * MB },
    { model: 'forgotten', seconds: 0, bytesRead: 0, bytesBilled: 0 },
  ]);
});

test('the table ends with the sum and its price', () => {
  const text = printCosts(COSTS, 6.25);
  expect(text).toMatch(/\nsum of 3 +2\.5 +28\.6 MiB +39\.0 MiB\n/);
  expect(text).toContain('costs 0.00023 USD at 6.25 USD per TiB');
});

test('ten models are shown, or all; nothing is wider than a terminal', () => {
  const many = Array.from({ length: 120 }, (_, i) => ({
    model: `int_reporting__a_very_long_model_name_${i}`,
    seconds: 1,
    bytesRead: 1e12,
    bytesBilled: 1e12,
  }));
  const short = printCosts(many, 6.25).split('\n');
  expect(short).toHaveLength(2 + 10 + 2 + 3);
  expect(short[12]).toMatch(/^110 more /);
  expect(printCosts(many, 6.25, { all: true }).split('\n')).toHaveLength(2 + 120 + 1 + 3);
  expect(Math.max(...short.map((line) => line.length))).toBeLessThanOrEqual(80);
});

test('JSON has numbers', () => {
  const { models, total } = JSON.parse(costsAsJson(COSTS, 10));
  expect(models).toEqual(COSTS);
  expect(total).toMatchObject({ bytesBilled: 39 * MB, currency: 'USD', pricePerTib: 10 });
  expect(total.price).toBeCloseTo((39 * MB * 10) / 2 ** 40, 12);
});
