/** An advertisement with the names that a platform's report gives it. */
export interface Ad {
  readonly adGroupId: string | null;
  readonly adGroupName: string | null;
  readonly adId: string | null;
  readonly adName: string | null;
  readonly keyword: string | null;
}

export interface Campaign {
  /** The origin whose visits it brings. */
  readonly origin: string;
  readonly platform: string;
  readonly accountId: string;
  readonly id: string | null;
  readonly name: string | null;
  /** utm_campaign */
  readonly slug: string;
  /** From the middle of the period on: a renamed campaign keeps its id alone. */
  readonly renamed?: { readonly name: string; readonly slug: string };
  readonly currency: string;
  /** Price of a click in the account's currency. */
  readonly clickPrice: number;
  /** Set where the platform's report names no campaign but a channel. */
  readonly channel?: string;
  readonly ads: readonly Ad[];
}

const ad = (
  adGroupId: string | null,
  adGroupName: string | null,
  adId: string | null = null,
  adName: string | null = null,
  keyword: string | null = null,
): Ad => ({ adGroupId, adGroupName, adId, adName, keyword });

const wholeCampaign = [ad(null, null)];

/** Decimals that a currency's amounts have. */
export const currencyDecimals: Readonly<Record<string, number>> = {
  EUR: 2,
  USD: 2,
  GBP: 2,
  JPY: 0,
};

const google = { platform: 'google_ads', accountId: '482-110-3391', currency: 'EUR' };
const meta = { platform: 'meta', accountId: 'act_2093847', currency: 'USD' };

export const campaigns: readonly Campaign[] = [
  {
    ...google,
    origin: 'google_brand',
    id: '20110001',
    name: 'Search | Brand',
    slug: 'search-brand',
    clickPrice: 0.22,
    ads: [ad('30110001', 'Brand exact', null, null, 'fjellgang')],
  },
  {
    ...google,
    origin: 'google_generic',
    id: '20110002',
    name: 'Search | Non-brand',
    slug: 'search-nonbrand',
    clickPrice: 0.94,
    ads: [
      ad('30110002', 'Tents', null, null, 'buy tent'),
      ad('30110003', 'Boots', null, null, 'hiking boots'),
      ad('30110004', 'Backpacks', null, null, 'trekking backpack'),
    ],
  },
  {
    ...google,
    origin: 'google_shopping',
    id: '20110003',
    name: 'Shopping | All products',
    slug: 'shopping-all-products',
    clickPrice: 0.48,
    ads: [ad('30110005', 'All products')],
  },
  {
    ...google,
    origin: 'google_pmax',
    id: '20110004',
    name: 'Performance Max | cross-network',
    slug: 'pmax-cross-network',
    clickPrice: 0.61,
    ads: wholeCampaign,
  },
  {
    platform: 'youtube',
    accountId: '482-110-3392',
    currency: 'EUR',
    origin: 'youtube',
    id: '20110005',
    name: 'Video | Autumn film',
    slug: 'video-autumn-film',
    clickPrice: 0.83,
    ads: wholeCampaign,
  },
  {
    ...meta,
    origin: 'meta_prospecting',
    id: '120200001',
    name: 'Prospecting | Broad',
    slug: 'prospecting-broad',
    renamed: { name: 'Advantage+ | Broad', slug: 'advantage-plus-broad' },
    clickPrice: 0.71,
    ads: [
      ad('120210001', 'Broad 25-45', '120220001', 'Ridge film'),
      ad('120210001', 'Broad 25-45', '120220002', 'Boots carousel'),
      ad('120210002', 'Lookalike buyers', '120220003', 'Ridge film'),
    ],
  },
  {
    ...meta,
    origin: 'meta_retargeting',
    id: '120200002',
    name: 'Retargeting | Viewed product',
    slug: 'retargeting-viewed-product',
    clickPrice: 0.55,
    ads: [ad('120210003', 'Viewed 14 days', '120220004', 'Catalogue')],
  },
  {
    platform: 'tiktok',
    accountId: '7043300012',
    currency: 'JPY',
    origin: 'tiktok',
    id: '17800001',
    name: 'Spark | Creators',
    slug: 'spark-creators',
    clickPrice: 62,
    ads: wholeCampaign,
  },
  {
    platform: 'microsoft_ads',
    accountId: 'F118ABCD',
    currency: 'GBP',
    origin: 'microsoft_search',
    id: '390100001',
    name: 'Search | UK & DE',
    slug: 'ms-search',
    clickPrice: 0.52,
    ads: wholeCampaign,
  },
  {
    platform: 'criteo',
    accountId: '55120',
    currency: 'EUR',
    origin: 'criteo',
    id: null,
    name: null,
    slug: 'criteo-dynamic',
    clickPrice: 0.36,
    ads: wholeCampaign,
  },
  {
    platform: 'awin',
    accountId: '11873',
    currency: 'GBP',
    origin: 'awin',
    id: '71001',
    name: 'Voucher partners',
    slug: 'voucher-partners',
    clickPrice: 0.58,
    ads: wholeCampaign,
  },
  {
    platform: 'newsletter',
    accountId: 'fjellgang',
    currency: 'EUR',
    origin: 'newsletter',
    id: null,
    name: null,
    slug: 'weekly',
    clickPrice: 0.09,
    channel: 'Email',
    ads: wholeCampaign,
  },
];

/** Spends money, and none of its clicks carry a tag: its cost finds no session. */
export const untaggedCampaign: Campaign = {
  platform: 'tiktok',
  accountId: '7043300012',
  currency: 'JPY',
  origin: 'tiktok',
  id: '17800002',
  name: 'Reach | Autumn',
  slug: '',
  clickPrice: 48,
  ads: wholeCampaign,
};

const byOrigin = new Map(campaigns.map((campaign) => [campaign.origin, campaign]));

/** The campaign behind an origin; undefined for unpaid ones and for the podcast, which is billed by hand. */
export function campaignOf(originKey: string): Campaign | undefined {
  return byOrigin.get(originKey);
}

/** Name and slug that hold at a moment of the period. */
export function namesAt(campaign: Campaign, share: number): { name: string | null; slug: string } {
  return campaign.renamed && share >= 0.5 ? campaign.renamed : campaign;
}
