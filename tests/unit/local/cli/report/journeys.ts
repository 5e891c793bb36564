import type { Journey, Touch } from '@tributary/local/cli/report/journey';

export const locale = { timeZone: 'Europe/Berlin', baseCurrency: 'EUR' };

const CHANNELS = [
  'Paid Search',
  'Direct',
  'Affiliate & Partnerships International (Northern Europe)',
  'Supercalifragilistic-expialidocious',
  'Email',
  'Podcast',
  'Referral',
  'Display',
  'Audio',
];
const END = Date.UTC(2026, 8, 30, 12);

/** Sessions minutes apart beside others two months apart; the last one at the conversion. */
export function journeyOf(count: number, over: Partial<Journey> = {}): Journey {
  const hours = Array.from({ length: count }, (_, index) => {
    const fromEnd = count - 1 - index;
    return 0.05 * fromEnd + 1440 * Math.floor(fromEnd / 4);
  });
  return {
    conversionId: 'order-7',
    conversionType: 'first_order',
    convertedAt: new Date(END),
    revenue: 100,
    model: 'ihc',
    modelVersion: 'ihc-1',
    touchCount: count,
    touches: hours.map((hoursToConversion, index): Touch => {
      const credit = (2 * (index + 1)) / (count * (count + 1));
      return {
        startedAt: new Date(END - hoursToConversion * 3_600_000),
        channel: CHANNELS[index % CHANNELS.length] as string,
        pageViews: index + 1,
        productViews: 2,
        checkoutSteps: index === count - 1 ? 3 : 0,
        hoursToConversion,
        credit,
        phases: { initializer: 1 / count, holder: 0, closer: index === count - 1 ? 1 : 0 },
        revenue: 100 * credit,
      };
    }),
    ...over,
  };
}

/** Nothing is known of the way to this conversion. */
export function journeyWithoutSessions(over: Partial<Journey> = {}): Journey {
  const nobody: Touch = {
    startedAt: undefined,
    channel: '(none)',
    pageViews: undefined,
    productViews: undefined,
    checkoutSteps: undefined,
    hoursToConversion: undefined,
    credit: 1,
    phases: undefined,
    revenue: 100,
  };
  return { ...journeyOf(0), touches: [nobody], ...over };
}
