import { hexFloat } from '@tributary/local/bigquery/functions/hex-float';

test.each([
  ['0x1p3', '8'],
  [' -0X.8P+1 ', '-1'],
  ['0x1.p-1', '0.5'],
  ['-0x0', '-0'],
  ['0x1.fffffffffffff8p0', '2'],
  ['0x20000000000001', '9007199254740992'],
  ['0x20000000000003', '9007199254740996'],
  ['0x1p-1074', '5e-324'],
  ['0x1p-1075', '0'],
  ['0x1.8p-1075', '5e-324'],
  ['0x1p-99999999999999999999', '0'],
  ['0x1.fffffffffffffp1023', '1.7976931348623157e+308'],
  ['0x1.fffffffffffff8p1023', 'overflow'],
  ['0x1p1024', 'overflow'],
])('%s is %s', (text, value) => {
  expect(hexFloat(text)).toBe(value);
});
