import { createHash } from 'node:crypto';
import { seededRandom } from '@tributary/functions/attribution/ihc/random';

/** A line of raw.ad_costs; `amount` and rates are decimal texts. */
export interface CostLine {
  readonly platform: string;
  readonly account_id: string | null;
  readonly campaign_id: string | null;
  readonly campaign_name: string | null;
  readonly ad_group_id: string | null;
  readonly ad_id: string | null;
  readonly channel: string | null;
  readonly cost_date: string;
  readonly currency_code: string;
  readonly cost_amount: string;
  readonly click_count: number;
  readonly ingested_at: string;
}

/** A visit of one page, and the tags of its link. */
export interface Visit {
  readonly session_id: string;
  readonly site_id: string;
  readonly cookie: string;
  readonly event_id: string;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly isBot: boolean;
  readonly channel: string;
  readonly platform: string;
  readonly campaign: string | null;
  readonly campaignId: string | null;
  readonly adGroupId: string | null;
  readonly content: string | null;
  readonly gclid: string | null;
}

/** A line of raw.ad_clicks. */
export interface ClickLine {
  readonly platform: string;
  readonly account_id: string | null;
  readonly click_id: string;
  readonly click_id_type: string;
  readonly click_date: string;
  readonly campaign_id: string | null;
  readonly campaign_name: string | null;
  readonly ad_group_id: string | null;
  readonly ad_id: string | null;
  readonly ingested_at: string;
}

export interface AdAccount {
  readonly platform: string;
  readonly account_id?: string;
  readonly time_zone: string;
}

/** What one shop spends and who comes. */
export interface CostShop {
  readonly accounts: readonly AdAccount[];
  readonly lines: readonly CostLine[];
  readonly visits: readonly Visit[];
  readonly clicks: readonly ClickLine[];
}

/** Summer time begins in Europe on the third of these days. */
export const DAYS = ['2026-03-27', '2026-03-28', '2026-03-29', '2026-03-30', '2026-03-31'];
const DECIMALS = { EUR: 2, USD: 2, JPY: 0, KWD: 3, BHD: 3 } as const;
const ZONES = ['UTC', 'Europe/Berlin', 'America/New_York', 'Pacific/Kiritimati', 'Asia/Kolkata'];
const HOUR = 3_600_000;
const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

interface Campaign {
  readonly account: string | null;
  readonly id: string | null;
  /** From the day of this index on it has the second name. */
  readonly renamedOn: number;
  readonly names: readonly [string, string];
  readonly adGroup: string;
  readonly ads: readonly string[];
}

/**
 * Accounts with their zones and currencies, campaigns that are renamed, share names or ids, or are
 * known by name alone, cost at every level, and visits tagged in all these ways, or in none.
 *
 * @param shop number of the shop: part of its platform's name, so that shops don't meet
 */
export function randomCostShop(seed: number, shop: number): CostShop {
  const random = seededRandom(seed * 1000 + shop);
  const below = (count: number): number => Math.floor(random() * count);
  const pick = <T>(items: readonly T[]): T => items[below(items.length)] as T;
  const chance = (share: number): boolean => random() < share;
  const maybe = <T>(share: number, value: T): T | null => (chance(share) ? value : null);

  const platform = `p${shop}`;
  const accountIds: (string | null)[] = chance(0.2)
    ? [null]
    : ['a', 'b', 'c'].slice(0, 1 + below(3));
  const hasZones = shop % 3 === 0;
  const accounts: AdAccount[] = hasZones
    ? [
        ...(chance(0.5) ? [{ platform, time_zone: pick(ZONES) }] : []),
        ...accountIds
          .filter((id) => id !== null && chance(0.7))
          .map((id) => ({ platform, account_id: id as string, time_zone: pick(ZONES) })),
      ]
    : [];
  const currencies = new Map(
    accountIds.map((id) => [id, pick(Object.keys(DECIMALS)) as keyof typeof DECIMALS]),
  );

  const names = ['Spring', 'Sale', 'Brand', 'Sommer'];
  const campaigns = Array.from(
    { length: 1 + below(5) },
    (_, index): Campaign => ({
      account: pick(accountIds),
      id: chance(0.85) ? String(chance(0.8) ? 100 + index : 100 + below(3)) : null,
      renamedOn: chance(0.5) ? 1 + below(4) : 99,
      names: [pick(names), pick(names)],
      adGroup: `g${index}`,
      ads: [`ad${index}-1`, `ad${chance(0.9) ? index : 0}-2`],
    }),
  );

  const amount = (currency: keyof typeof DECIMALS): string =>
    chance(0.1) ? '0' : (below(100_000) / 10 ** DECIMALS[currency]).toFixed(DECIMALS[currency]);
  const lines: CostLine[] = [];
  const report = (line: Partial<CostLine>, account: string | null, day: number): void => {
    const currency = currencies.get(account) ?? 'EUR';
    const whole: CostLine = {
      platform,
      account_id: account,
      campaign_id: null,
      campaign_name: null,
      ad_group_id: null,
      ad_id: null,
      channel: null,
      cost_date: DAYS[day] as string,
      currency_code: currency,
      cost_amount: amount(currency),
      click_count: chance(0.2) ? 0 : below(9),
      ingested_at: '2026-04-01T00:00:00Z',
      ...line,
    };
    lines.push(whole);
    if (chance(0.1))
      lines.push({ ...whole, cost_amount: amount(currency), ingested_at: '2026-04-02T00:00:00Z' });
  };
  for (let day = 0; day < DAYS.length; day += 1) {
    for (const campaign of campaigns) {
      if (chance(0.25)) continue;
      const { id, account, adGroup } = campaign;
      const campaign_name = maybe(
        id === null ? 1 : 0.9,
        campaign.names[day < campaign.renamedOn ? 0 : 1],
      );
      const named = { campaign_id: id, campaign_name };
      if (chance(0.5)) report(named, account, day);
      else if (chance(0.4)) report({ ...named, ad_group_id: adGroup }, account, day);
      else
        for (const ad of campaign.ads)
          report({ ...named, ad_group_id: adGroup, ad_id: ad }, account, day);
    }
    if (chance(0.15)) report({}, pick(accountIds), day);
  }

  const clicks: ClickLine[] = [];
  const visits = Array.from({ length: 8 + below(8) }, (_, index): Visit => {
    const campaign = pick(campaigns);
    const site_id = `s${shop}`;
    const [cookie, event_id] = [`c${shop}-${index}`, `e${shop}-${index}`];
    const gclid = maybe(0.4, `g${shop}-${index}`);
    if (gclid !== null && chance(0.6))
      clicks.push({
        platform: chance(0.9) ? platform : 'elsewhere',
        account_id: chance(0.8) ? campaign.account : null,
        click_id: gclid,
        click_id_type: 'gclid',
        click_date: DAYS[0] as string,
        campaign_id: campaign.id,
        campaign_name: maybe(0.8, pick(campaign.names)),
        ad_group_id: maybe(0.6, campaign.adGroup),
        ad_id: maybe(0.4, pick(campaign.ads)),
        ingested_at: '2026-04-01T00:00:00Z',
      });
    const tags = [
      pick(campaign.names),
      pick(campaign.names).toUpperCase(),
      campaign.id,
      'other',
      null,
    ];
    const isMail = chance(0.1);
    return {
      session_id: md5(`${md5(`${site_id}|${cookie}`)}|${event_id}`),
      site_id,
      cookie,
      event_id,
      time: Date.parse(`${pick(DAYS)}T00:00:00Z`) + below(4 * 24) * (HOUR / 4),
      isBot: chance(0.1),
      channel: isMail ? 'Email' : 'Paid Other',
      platform: isMail ? `mail${shop}` : platform,
      campaign: pick(tags),
      campaignId: chance(0.3) ? (chance(0.8) ? campaign.id : '999') : null,
      adGroupId: maybe(0.15, campaign.adGroup),
      content: chance(0.3) ? (chance(0.7) ? pick(campaign.ads) : 'banner') : null,
      gclid,
    };
  });
  return { accounts, lines, visits, clicks };
}

/** Cost that only a channel is known of, over all shops. */
export const channelLines: readonly CostLine[] = DAYS.flatMap((day, index) =>
  ['Email', 'Paid Other', 'Radio'].map((channel) => ({
    platform: 'import',
    account_id: null,
    campaign_id: null,
    campaign_name: null,
    ad_group_id: null,
    ad_id: null,
    channel,
    cost_date: day,
    currency_code: 'EUR',
    cost_amount: String(100 + index),
    click_count: 0,
    ingested_at: '2026-04-01T00:00:00Z',
  })),
);

/** What one unit buys of the base currency on a day. */
export function rateOf(currency: string, day: string): string {
  const rates: Record<string, number> = {
    EUR: 1,
    USD: 0.8621,
    JPY: 0.00574,
    KWD: 2.8113,
    BHD: 2.29,
  };
  const step = DAYS.indexOf(day) + 1;
  return currency === 'EUR' ? '1' : ((rates[currency] ?? 0) * (1 + step / 100)).toFixed(9);
}
