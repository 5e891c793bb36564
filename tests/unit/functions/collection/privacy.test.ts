import {
  redact,
  withoutIdentifiers,
  withoutIdentifyingQuery,
} from '@tributary/functions/collection/privacy';

describe('redact', () => {
  it('keeps the shape and hides who somebody is', () => {
    expect(
      redact({
        email: 'ann@example.com',
        user_id: null,
        properties: { text: 'to ann@example.com, bob%40example.com', items: [{ orderId: 'o1' }] },
      }),
    ).toEqual({
      email: '[redacted]',
      user_id: null,
      properties: { text: 'to [redacted], [redacted]', items: [{ orderId: '[redacted]' }] },
    });
  });
});

describe('addresses in text', () => {
  it.each([
    ['Ann <ann@example.com>', 'Ann <[redacted]>'],
    ['https://a.example/?mail=ann%2B1%40example.com&x=1', 'https://a.example/?mail=[redacted]&x=1'],
    ['@ann@social.example', '[redacted]'],
    ['ann@localhost, 2 @ 3.50, @ann', 'ann@localhost, 2 @ 3.50, @ann'],
    ['a@b@c.example', '[redacted]'],
  ])('of %s', (text, expected) => {
    expect(redact(text)).toBe(expected);
  });

  // A timeout would tell a slow machine; so many characters took minutes.
  it.each(['y', '%40', '@', 'a@', 'y.', 'a%40b.'])('are looked for once in a MB of %s', (part) => {
    const text = part.repeat(1_000_000 / part.length);
    expect([text, '[redacted]']).toContain(redact(text));
  });
});

describe('withoutIdentifiers', () => {
  it('drops identifying properties at every depth', () => {
    expect(withoutIdentifiers({ order_id: 'o1', a: [{ clientId: 1, price: 2 }] })).toEqual({
      a: [{ price: 2 }],
    });
  });
});

describe('withoutIdentifyingQuery', () => {
  it.each([
    ['https://a.example/p?gclid=1&utm_source=x&email=a@b.c#t', 'https://a.example/p?utm_source=x'],
    ['https://ann:secret@a.example/', 'https://a.example/'],
    ['android-app://com.google.android.gm/', 'android-app://com.google.android.gm/'],
    ['nonsense', ''],
  ])('makes of %s', (address, expected) => {
    expect(withoutIdentifyingQuery(address)).toBe(expected);
  });
});
