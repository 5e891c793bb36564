import { badEventRow } from '@tributary/functions/collection/bad-event';
import { checkEvent } from '@tributary/functions/collection/check-event';
import { cleanJson } from '@tributary/functions/collection/clean-json';
import fc from 'fast-check';

const receivedAt = new Date('2026-11-21T12:00:00Z');
const context = { source: 'web' as const, receivedAt, hashSecret: 'secret' };
const fields = [
  'event_id',
  'event_name',
  'site_id',
  'occurred_at',
  'sent_at',
  'email',
  'phone',
  'page_url',
  'page_referrer',
  'consent',
  'properties',
  'ip',
];

describe('checkEvent', () => {
  it('never throws, whatever JSON it is given', () => {
    const mutated = fc.dictionary(fc.constantFrom(...fields), fc.jsonValue());
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), mutated), (value) => {
        const event = cleanJson(value);
        const checked = checkEvent(event, context);
        if (checked.ok) return;
        const bad = badEventRow({ source: 'web', receivedAt, payload: event, ...checked });
        expect(bad.reason).not.toBe('');
      }),
      { numRuns: 2000 },
    );
  });

  it('keeps no plain e-mail address or phone number in any field of a stored event', () => {
    const checked = checkEvent(
      {
        event_name: 'login',
        site_id: 'shop',
        email: 'ann@example.com',
        phone: '+4930123456',
        consent: { analytics: true },
      },
      { ...context, ip: '203.0.113.7' },
    );
    const text = JSON.stringify(checked);
    for (const plain of ['ann@', '30123456', '203.0.113']) expect(text).not.toContain(plain);
  });
});
