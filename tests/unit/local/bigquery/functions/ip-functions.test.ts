import { editDistance, ipHex, ipText } from '@tributary/local/bigquery/functions/ip-functions';
import fc from 'fast-check';

describe('ipText and ipHex', () => {
  it.each([fc.ipV4(), fc.ipV6()])('undo each other', (addresses) => {
    fc.assert(
      fc.property(addresses, (address) => {
        const hex = ipHex(address) ?? '';
        expect(ipHex(ipText(Buffer.from(hex, 'hex')))).toBe(hex);
      }),
    );
  });

  it('answers null for what is no address', () => {
    expect(['', '1.2.3', '01.2.3.4', '1::2::3', ':', '1:2:3:4:5:6:7'].map(ipHex)).toEqual(
      Array(6).fill(null),
    );
  });
});

describe('editDistance', () => {
  const word = fc.string({ maxLength: 12, unit: 'grapheme' });

  it('is a distance', () => {
    fc.assert(
      fc.property(word, word, word, (a, b, c) => {
        expect(editDistance(a, a)).toBe(0n);
        expect(editDistance(a, b)).toBe(editDistance(b, a));
        expect(editDistance(a, c)).toBeLessThanOrEqual(editDistance(a, b) + editDistance(b, c));
      }),
    );
  });
});
