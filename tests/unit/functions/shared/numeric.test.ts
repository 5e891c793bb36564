import { parseNumeric, sumNumeric } from '@tributary/functions/shared/numeric';
import fc from 'fast-check';

describe('parseNumeric', () => {
  it.each([
    ['1815.9750000000001', '1815.975'],
    ['218.84199999999998', '218.842'],
    ['0.0000000005', '0.000000001'],
    ['-0.0000000005', '-0.000000001'],
    ['0.00000000049', '0'],
    ['-0', '0'],
    ['+1.50', '1.5'],
    ['.5', '0.5'],
    ['5.', '5'],
    ['1e3', '1000'],
    ['1.25e-2', '0.0125'],
    ['007', '7'],
    ['99999999999999999999999999999.999999999', '99999999999999999999999999999.999999999'],
    ['100000000000000000000000000000', undefined],
    ['1,5', undefined],
    ['1 000', undefined],
    ['', undefined],
    ['.', undefined],
    ['NaN', undefined],
    ['Infinity', undefined],
    ['0x10', undefined],
  ])('makes of %j', (text, expected) => expect(parseNumeric(text)).toBe(expected));

  it('reads back what it wrote', () => {
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 37n), 10n ** 37n), (units) => {
        const sign = units < 0n ? '-' : '';
        const digits = (units < 0n ? -units : units).toString().padStart(10, '0');
        const text = `${sign}${digits.slice(0, -9)}.${digits.slice(-9)}`;
        const once = parseNumeric(text) as string;
        expect(parseNumeric(once)).toBe(once);
        expect(sumNumeric([once, `${units < 0n ? '' : '-'}${once.replace('-', '')}`])).toBe('0');
      }),
    );
  });
});

describe('sumNumeric', () => {
  it('adds exactly where floats do not', () => {
    expect(sumNumeric(['0.1', '0.2'])).toBe('0.3');
    expect(sumNumeric(['-1.5', '0.5'])).toBe('-1');
    expect(sumNumeric([])).toBe('0');
  });
});
