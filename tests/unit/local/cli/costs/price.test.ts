import { formatBytes, formatPrice, priceOf, readPrice } from '@tributary/local/cli/costs/price';

test('a TiB has its price', () => {
  expect(priceOf(2 ** 40, 6.25)).toBe(6.25);
  expect(priceOf(2 ** 39, 7)).toBe(3.5);
});

test.each([
  [0, '0.00 USD'],
  [12.345, '12.35 USD'],
  [0.0138, '0.014 USD'],
  [0.00005960464, '0.000060 USD'],
])('%d USD', (usd, text) => {
  expect(formatPrice(usd)).toBe(text);
});

test.each([
  [0, '0 B'],
  [1023, '1023 B'],
  [1024, '1.0 KiB'],
  [10 * 1024 * 1024, '10.0 MiB'],
  [2.5 * 2 ** 40, '2.5 TiB'],
])('%d bytes', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

test('a price is a number that is not negative', () => {
  expect(readPrice('7.5')).toBe(7.5);
  for (const text of ['', 'cheap', '-1', 'Infinity']) {
    expect(() => readPrice(text)).toThrow(/is no price: write USD per TiB/);
  }
});
