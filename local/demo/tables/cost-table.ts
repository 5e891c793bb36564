import { type ColumnTable, finishTable, NumberBuilder, TextBuilder } from './columns';

/** A row of raw.ad_costs; money in thousandths of the account's currency. */
export interface CostRow {
  readonly platform: string;
  readonly accountId: string;
  readonly campaignId: string | null;
  readonly campaignName: string | null;
  readonly adGroupId: string | null;
  readonly adGroupName: string | null;
  readonly adId: string | null;
  readonly adName: string | null;
  readonly keyword: string | null;
  readonly channel: string | null;
  /** Days since 1970-01-01. */
  readonly costDay: number;
  readonly currency: string;
  readonly cost: number;
  readonly clicks: number;
  readonly impressions: number;
  readonly claims: number;
  readonly claimedAmount: number;
  readonly ingestedAt: number;
}

/** Collects raw.ad_costs. */
export class CostTable {
  readonly #builders = {
    platform: new TextBuilder(),
    account_id: new TextBuilder(),
    campaign_id: new TextBuilder(),
    campaign_name: new TextBuilder(),
    ad_group_id: new TextBuilder(),
    ad_group_name: new TextBuilder(),
    ad_id: new TextBuilder(),
    ad_name: new TextBuilder(),
    keyword: new TextBuilder(),
    channel: new TextBuilder(),
    cost_date: new NumberBuilder(),
    currency_code: new TextBuilder(),
    cost_amount: new NumberBuilder(3),
    click_count: new NumberBuilder(),
    impression_count: new NumberBuilder(),
    install_count: new NumberBuilder(),
    platform_conversion_count: new NumberBuilder(3),
    platform_conversion_amount: new NumberBuilder(3),
    ingested_at: new NumberBuilder(),
  };

  add(row: CostRow): void {
    const columns = this.#builders;
    columns.platform.push(row.platform);
    columns.account_id.push(row.accountId);
    columns.campaign_id.push(row.campaignId);
    columns.campaign_name.push(row.campaignName);
    columns.ad_group_id.push(row.adGroupId);
    columns.ad_group_name.push(row.adGroupName);
    columns.ad_id.push(row.adId);
    columns.ad_name.push(row.adName);
    columns.keyword.push(row.keyword);
    columns.channel.push(row.channel);
    columns.cost_date.push(row.costDay);
    columns.currency_code.push(row.currency);
    columns.cost_amount.push(row.cost);
    columns.click_count.push(row.clicks);
    columns.impression_count.push(row.impressions);
    columns.install_count.push(null);
    columns.platform_conversion_count.push(row.claims);
    columns.platform_conversion_amount.push(row.claimedAmount);
    columns.ingested_at.push(row.ingestedAt);
  }

  finish(): ColumnTable {
    return finishTable(this.#builders);
  }
}
