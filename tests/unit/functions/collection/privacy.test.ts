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
