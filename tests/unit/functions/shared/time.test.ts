import { isDate, parseTimestamp } from '@tributary/functions/shared/time';

describe('parseTimestamp', () => {
  it.each([
    ['2026-11-21T08:00:00Z', '2026-11-21T08:00:00.000Z'],
    ['2026-11-21T08:00:00.123456+01:00', '2026-11-21T07:00:00.123Z'],
    ['2026-11-21 08:00:00 UTC', '2026-11-21T08:00:00.000Z'],
    ['2026-11-21 08:00:00 -0330', '2026-11-21T11:30:00.000Z'],
    ['2026-11-21 08:00:00+00', '2026-11-21T08:00:00.000Z'],
    ['2026-11-21 08:00:00', undefined],
    ['2026-02-30T08:00:00Z', undefined],
    ['2026-11-21T24:00:00Z', undefined],
    ['1763712000', undefined],
  ])('makes of %j', (text, expected) => expect(parseTimestamp(text)?.toISOString()).toBe(expected));

  it('takes a time without zone as UTC where it is told to', () => {
    const read = (text: string) => parseTimestamp(text, { assumeUtc: true })?.toISOString();
    expect(read('2026-11-21 08:00:00')).toBe('2026-11-21T08:00:00.000Z');
    expect(read('2026-11-21')).toBe('2026-11-21T00:00:00.000Z');
  });
});

describe('isDate', () => {
  it.each([
    ['2024-02-29', true],
    ['2023-02-29', false],
    ['2026-1-2', false],
  ])('%s', (text, expected) => expect(isDate(text)).toBe(expected));
});
