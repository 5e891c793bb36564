import { journeyPicture } from '@tributary/local/cli/report/journey-picture';
import { journeyOf, journeyWithoutSessions, locale } from './journeys';

const credit = { phases: false };

/** The texts of an SVG, in its order. */
function textsOf(svg: string): string[] {
  return [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map((match) =>
    (match[1] as string)
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&amp;', '&'),
  );
}

/** Every tag is closed in its order, and no & or < stands alone. */
function expectWellFormed(svg: string): void {
  const open: string[] = [];
  for (const [, close, name, empty] of svg.matchAll(/<(\/?)([a-zA-Z]+)[^<>]*?(\/?)>/g)) {
    if (close) expect(open.pop()).toBe(name);
    else if (!empty) open.push(name as string);
  }
  expect(open).toEqual([]);
  expect(svg.replaceAll(/<\/?[a-zA-Z][^<>]*>/g, '')).not.toMatch(/[<>]/);
  expect(svg).not.toMatch(/&(?!(amp|lt|gt|quot|apos|#\d+);)/);
}

describe('a picture of', () => {
  test.each([1, 2, 5, 12, 13, 30, 40])('%i sessions shows each of them', async (count) => {
    const svg = await journeyPicture(journeyOf(count), locale, credit);
    expectWellFormed(svg);
    const texts = textsOf(svg);
    expect(texts).toContain('Journey of order-7');
    expect(texts).toContain('first_order, 30 Sep 2026 14:00 Europe/Berlin, 100.00 EUR');
    for (let session = 1; session <= count; session += 1) expect(texts).toContain(`${session}`);
    expect(texts).toContain('Paid Search');
    expect(svg).not.toContain('NaN');
  });

  test('300 sessions sums up the oldest, and says how many they are', async () => {
    const texts = textsOf(await journeyPicture(journeyOf(300), locale, credit));
    expect(texts).toContain('261 earlier ones');
    expect(texts.join(' ')).toContain('The oldest 261 touchpoints are one bar');
    // Page views 1 to 261 together, then one by one.
    expect(texts).toContain(`${(261 * 262) / 2}`);
    expect(texts).toContain('262');
    expect(texts).toContain('76%');
  });

  test('sessions far apart breaks the axis there, and says how long it was', async () => {
    const texts = textsOf(await journeyPicture(journeyOf(5), locale, credit));
    expect(texts).toContain('60 d');
    expect(texts.filter((text) => text === '3 min')).toHaveLength(3);
  });

  test('initializer, holder and closer apart', async () => {
    const texts = textsOf(await journeyPicture(journeyOf(4), locale, { phases: true }));
    expect(texts).toEqual(expect.arrayContaining(['Initializer', 'Holder', 'Closer', 'Credit']));
    expect(texts.filter((text) => text === '25%')).toHaveLength(4);
    expect(texts).toContain('100%');
  });

  test('a conversion without sessions', async () => {
    const svg = await journeyPicture(journeyWithoutSessions(), locale, { phases: true });
    expectWellFormed(svg);
    const texts = textsOf(svg);
    expect(texts).toContain('(none)');
    expect(texts).toContain('100.0%');
    expect(texts).toContain('No session is known before this conversion.');
  });

  test('a type whose model is untrained', async () => {
    const journey = journeyWithoutSessions({ touchCount: 7 });
    expect(textsOf(await journeyPicture(journey, locale, credit))).toContain(
      'Its touchpoints (7) have no credit: IHC is not trained for first_order.',
    );
  });

  test('an id and a channel with characters of XML', async () => {
    const journey = journeyOf(1, { conversionId: '<b a="1">&amp;' });
    const touches = journey.touches.map((touch) => ({ ...touch, channel: 'R&D <x>' }));
    const svg = await journeyPicture({ ...journey, touches }, locale, credit);
    expectWellFormed(svg);
    expect(textsOf(svg)).toContain('R&D <x>');
  });
});

test('the same journey gives the same picture, whatever was drawn before', async () => {
  const first = await journeyPicture(journeyOf(5), locale, credit);
  await journeyPicture(journeyOf(3), locale, credit);
  expect(await journeyPicture(journeyOf(5), locale, credit)).toBe(first);
});

test('long channel names stay within their place', async () => {
  const texts = textsOf(await journeyPicture(journeyOf(12), locale, credit));
  expect(texts).toContain('Affiliate &');
  expect(texts).not.toContain('Affiliate & Partnerships International (Northern Europe)');
  const upright = textsOf(await journeyPicture(journeyOf(30), locale, credit));
  expect(upright).toContain('Affiliate & Partnersh…');
});
