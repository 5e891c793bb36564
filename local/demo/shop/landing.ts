import type { Random } from '../random/random';
import { type Ad, campaignOf, namesAt } from './campaigns';
import { type Arrival, paidTags } from './paid-tags';
import { categoryNames, categoryPath, productAt } from './products';
import { unpaidTags } from './unpaid-tags';

export const shopOrigin = 'https://www.shop.example';

/** How a visit arrives: the first page's address, where it came from, and what the ad system knows. */
export interface Landing {
  readonly path: string;
  readonly query: string;
  readonly referrer: string | null;
  /** The query with identifiers of the person left out, for visits without consent. */
  readonly anonymousQuery: string;
  readonly hasClickId: boolean;
  readonly campaignName: string | null;
  readonly ad: Ad | null;
}

function landingPath(random: Random, arrival: Arrival): string {
  const product = productAt(arrival.category, random.below(24));
  switch (arrival.origin) {
    case 'google_shopping':
    case 'criteo':
    case 'meta_retargeting':
      return product.path;
    case 'direct':
    case 'google_brand':
    case 'podcast':
      return random.chance(0.8) ? '/' : product.path;
    default:
      return random.chance(0.65)
        ? categoryPath(categoryNames[arrival.category] ?? 'Tents')
        : product.path;
  }
}

/** Draws the landing of one visit. */
export function makeLanding(random: Random, arrival: Arrival): Landing {
  const campaign = campaignOf(arrival.origin);
  const ad = campaign ? random.pick(campaign.ads) : null;
  const names = campaign ? namesAt(campaign, arrival.share) : null;
  const tags =
    campaign && ad && names
      ? paidTags(random, arrival, ad, names.slug, campaign.id)
      : unpaidTags(random, arrival);
  return {
    path: landingPath(random, arrival),
    query: [tags.utm, tags.click].filter(Boolean).join('&'),
    anonymousQuery: tags.utm,
    referrer: tags.referrer,
    hasClickId: tags.click !== undefined,
    campaignName: names?.name ?? null,
    ad,
  };
}
