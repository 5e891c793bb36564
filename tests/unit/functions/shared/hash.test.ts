import {
  ipPrefix,
  normalizeEmail,
  normalizePhone,
  sha256,
  stableId,
} from '@tributary/functions/shared/hash';

describe('normalizeEmail', () => {
  it.each([
    [' Ann@Example.COM ', 'ann@example.com'],
    ['ann', undefined],
    ['ann@example', undefined],
    ['a b@example.com', undefined],
  ])('makes of %j', (email, expected) => expect(normalizeEmail(email)).toBe(expected));
});

describe('normalizePhone', () => {
  it.each([
    ['+49 (0)30 / 12 34-56', '+4930123456'],
    ['0049 30 123456', '+4930123456'],
    ['030 123456', undefined],
    ['+0 30 123456', undefined],
    ['+49 30 CALL', undefined],
  ])('makes of %j', (phone, expected) => expect(normalizePhone(phone)).toBe(expected));
});

describe('ipPrefix', () => {
  it.each([
    ['203.0.113.7', '203.0.113.0/24'],
    ['::ffff:203.0.113.7', '203.0.113.0/24'],
    ['2001:0DB8:0001:2::3', '2001:db8:1::/48'],
    ['fe80::1%eth0', undefined],
    ['::1', '0:0:0::/48'],
    ['999.1.1.1', undefined],
  ])('makes of %s', (ip, expected) => {
    // A zone (%eth0) is an address to Node; what counts is that nothing throws.
    const prefix = ipPrefix(ip);
    if (ip.includes('%')) expect(['fe80:0:0::/48', undefined]).toContain(prefix);
    else expect(prefix).toBe(expected);
  });
});

describe('stableId', () => {
  it('tells parts from each other', () => {
    expect(stableId('a', 'bc')).not.toBe(stableId('ab', 'c'));
    expect(stableId('a', 1)).not.toBe(stableId('a', '1'));
    expect(stableId('a', null)).toMatch(/^[0-9a-f]{32}$/);
  });
});

describe('sha256', () => {
  it('agrees with the test vector of FIPS 180-2', () => {
    expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });
});
