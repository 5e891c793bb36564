import { journeyText } from '@tributary/local/cli/report/journey-text';
import { journeyOf, journeyWithoutSessions, locale } from './journeys';

const credit = { phases: false };
const widest = (text: string) => Math.max(...text.split('\n').map((line) => [...line].length));

test('a line per session: when, how long after the last one, and what it earned', () => {
  expect(journeyText(journeyOf(5), locale, credit)).toBe(
    `Journey of order-7
first_order, 30 Sep 2026 14:00 Europe/Berlin, 100.00 EUR
5 touchpoints in 60 d; credit by IHC (ihc-1)

when          gap    channel           credit         pages  prod.  steps  days
------------  -----  ----------------  ------  -----  -----  -----  -----  ----
1 Aug 13:48          Paid Search         6.7%  █          1      2      0    60
30 Sep 13:51  60 d   Direct             13.3%  ██         2      2      0  0.01
30 Sep 13:54  3 min  Affiliate & Par…   20.0%  ███        3      2      0  0.00
30 Sep 13:57  3 min  Supercalifragil…   26.7%  ████       4      2      0  0.00
30 Sep 14:00  3 min  Email              33.3%  █████      5      2      3     0

gap: since the session before. pages, prod.: views. steps: of the checkout.
days: to the conversion.`,
  );
});

test.each([1, 5, 30, 300])('%i sessions fit 80 columns', (count) => {
  for (const phases of [false, true]) {
    expect(widest(journeyText(journeyOf(count), locale, { phases }))).toBeLessThanOrEqual(80);
  }
});

test('the oldest of 300 sessions are one line', () => {
  expect(journeyText(journeyOf(300), locale, credit)).toMatch(/261 earlier ones/);
  expect(journeyText(journeyOf(300), locale, credit).split('\n')).toHaveLength(6 + 40 + 3);
});

test('a conversion without sessions says so', () => {
  const text = journeyText(journeyWithoutSessions(), locale, { phases: true });
  expect(text).toMatch(/\(none\) +100\.0%/);
  expect(text).toMatch(/^0 touchpoints; credit by IHC/m);
  expect(text).toMatch(/^No session is known before this conversion\.$/m);
});
