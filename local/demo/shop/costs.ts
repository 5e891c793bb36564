import { Random, streams } from '../random/random';
import type { ColumnTable } from '../tables/columns';
import { type CostRow, CostTable } from '../tables/cost-table';
import { type Campaign, campaigns, currencyDecimals, namesAt, untaggedCampaign } from './campaigns';
import type { ClickBook } from './clicks';

const dayMillis = 86_400_000;

/**
 * raw.ad_costs of the whole period: what the clicks cost, in the account's currency, reported the
 * next morning. Platforms count more clicks than arrive; on days without a click the
 * advertisement was shown all the same (cost without sessions); on some days the report misses a
 * campaign (sessions without cost); one row in twenty is corrected three days later.
 */
export function makeCosts(seed: number, days: number, startsAt: number, clicks: ClickBook) {
  const table = new CostTable();
  [...campaigns, untaggedCampaign].forEach((campaign, index) => {
    const random = new Random(seed, streams.cost, index);
    for (let day = 0; day < days; day++) {
      const isMissing = random.chance(0.012);
      campaign.ads.forEach((_, ad) => {
        const observed = clicks.at(index, ad, day);
        const isTagged = campaign !== untaggedCampaign;
        const row = costRow(campaign, ad, day, days, startsAt, random, {
          ...observed,
          clicks: isTagged ? observed.clicks : 4 + random.below(12),
        });
        const isCorrected = random.chance(0.05);
        if (isMissing) return;
        table.add(row);
        if (isCorrected) table.add(corrected(row, campaign, random));
      });
    }
  });
  return table.finish() satisfies ColumnTable;
}

function costRow(
  campaign: Campaign,
  adIndex: number,
  day: number,
  days: number,
  startsAt: number,
  random: Random,
  observed: { clicks: number; claims: number; claimedAmount: number },
): CostRow {
  const ad = campaign.ads[adIndex];
  const clickCount = Math.round(observed.clicks * random.between(1.02, 1.3));
  const impressions = Math.round((clickCount + random.between(0.5, 3)) * random.between(18, 60));
  const price = campaign.clickPrice * random.between(0.75, 1.25);
  // Part of the price is paid for being shown.
  const cost = clickCount * price + impressions * campaign.clickPrice * 0.002;
  const startsOn = Math.round(startsAt / dayMillis);
  return {
    platform: campaign.platform,
    accountId: campaign.accountId,
    campaignId: campaign.id,
    campaignName: namesAt(campaign, day / days).name,
    adGroupId: ad?.adGroupId ?? null,
    adGroupName: ad?.adGroupName ?? null,
    adId: ad?.adId ?? null,
    adName: ad?.adName ?? null,
    keyword: ad?.keyword ?? null,
    channel: campaign.channel ?? null,
    costDay: startsOn + day,
    currency: campaign.currency,
    cost: inThousandths(cost, campaign.currency),
    clicks: clickCount,
    impressions,
    claims: observed.claims * 1000,
    claimedAmount: observed.claimedAmount * 10,
    ingestedAt: (startsOn + day + 1) * dayMillis + 5 * 3_600_000,
  };
}

/** Rounded to the decimals that the currency has, counted in thousandths. */
function inThousandths(amount: number, currency: string): number {
  const unit = 10 ** (currencyDecimals[currency] ?? 2);
  return (Math.round(amount * unit) * 1000) / unit;
}

function corrected(row: CostRow, campaign: Campaign, random: Random): CostRow {
  const cost = inThousandths((row.cost / 1000) * random.between(0.9, 1.04), campaign.currency);
  return { ...row, cost, ingestedAt: row.ingestedAt + 3 * dayMillis };
}
