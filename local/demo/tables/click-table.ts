import { type ColumnTable, finishTable, IdBuilder, NumberBuilder, TextBuilder } from './columns';

/** A row of raw.ad_clicks. */
interface ClickRow {
  readonly platform: string;
  readonly accountId: string;
  readonly clickId: string;
  readonly clickIdType: string;
  /** Milliseconds since 1970-01-01. */
  readonly clickedAt: number;
  readonly campaignId: string | null;
  readonly campaignName: string | null;
  readonly adGroupId: string | null;
  readonly adId: string | null;
  readonly keyword: string | null;
}

const dayMillis = 86_400_000;

/** Collects raw.ad_clicks: a platform's click report, made the morning after. */
export class ClickTable {
  readonly #builders = {
    platform: new TextBuilder(),
    account_id: new TextBuilder(),
    click_id: new IdBuilder(),
    click_id_type: new TextBuilder(),
    click_date: new NumberBuilder(),
    clicked_at: new NumberBuilder(),
    campaign_id: new TextBuilder(),
    campaign_name: new TextBuilder(),
    ad_group_id: new TextBuilder(),
    ad_id: new TextBuilder(),
    keyword: new TextBuilder(),
    ingested_at: new NumberBuilder(),
  };

  add(row: ClickRow): void {
    const columns = this.#builders;
    const day = Math.floor(row.clickedAt / dayMillis);
    columns.platform.push(row.platform);
    columns.account_id.push(row.accountId);
    columns.click_id.push(row.clickId);
    columns.click_id_type.push(row.clickIdType);
    columns.click_date.push(day);
    columns.clicked_at.push(row.clickedAt);
    columns.campaign_id.push(row.campaignId);
    columns.campaign_name.push(row.campaignName);
    columns.ad_group_id.push(row.adGroupId);
    columns.ad_id.push(row.adId);
    columns.keyword.push(row.keyword);
    columns.ingested_at.push((day + 1) * dayMillis + 5 * 3_600_000);
  }

  finish(): ColumnTable {
    return finishTable(this.#builders);
  }
}
