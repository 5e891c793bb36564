import type { Random } from '../random/random';
import type { Ad } from './campaigns';
import { issueOf } from './newsletter';

/** What is known when a visit begins. */
export interface Arrival {
  readonly origin: string;
  readonly category: number;
  readonly isMobile: boolean;
  /** 0 at the start of the period, 1 at its end. */
  readonly share: number;
  readonly time: number;
}

/** The tags of a link, and the referrer that comes with it. */
export interface Tags {
  readonly utm: string;
  readonly click?: string;
  readonly referrer: string | null;
}

export const clickId = (random: Random): string =>
  random.hex8() + random.hex8() + random.hex8().slice(0, 4);

/** The tags of a paid click. Some search ads carry the platform's click id alone. */
export function paidTags(
  random: Random,
  arrival: Arrival,
  ad: Ad,
  slug: string,
  id: string | null,
): Tags {
  const utm = (source: string, medium: string, more = '') =>
    `utm_source=${source}&utm_medium=${medium}&utm_campaign=${slug}${id ? `&utm_id=${id}` : ''}${more}`;
  const google = random.chance(0.88) ? 'gclid=' : arrival.isMobile ? 'gbraid=' : 'wbraid=';
  const googleClick = `${google}${clickId(random)}&gad_source=1&gad_campaignid=${id}`;
  const term = ad.keyword ? `&utm_term=${ad.keyword.replaceAll(' ', '+')}` : '';
  const content = ad.adId ? `&utm_content=${ad.adId}` : '';
  const social = arrival.isMobile ? 'https://m.facebook.com/' : 'https://l.facebook.com/';
  switch (arrival.origin) {
    case 'google_brand':
    case 'google_generic':
      return {
        utm: random.chance(0.15) ? '' : utm('google', 'cpc', term),
        click: googleClick,
        referrer: 'https://www.google.com/',
      };
    case 'google_shopping':
    case 'google_pmax':
      return { utm: utm('google', 'cpc'), click: googleClick, referrer: 'https://www.google.com/' };
    case 'youtube':
      return {
        utm: utm('youtube', 'cpv'),
        click: googleClick,
        referrer: 'https://www.youtube.com/',
      };
    case 'meta_prospecting':
      return {
        utm: utm(random.chance(0.3) ? 'ig' : 'facebook', 'paid_social', content),
        click: `fbclid=${clickId(random)}`,
        referrer: social,
      };
    case 'meta_retargeting':
      return {
        utm: utm('Facebook', 'retargeting', content),
        click: `fbclid=${clickId(random)}`,
        referrer: social,
      };
    case 'tiktok':
      return {
        utm: utm('tiktok', 'paid_social'),
        click: `ttclid=${clickId(random)}`,
        referrer: random.chance(0.5) ? 'https://www.tiktok.com/' : null,
      };
    case 'microsoft_search':
      return {
        utm: utm('bing', 'cpc'),
        click: `msclkid=${clickId(random)}`,
        referrer: 'https://www.bing.com/',
      };
    case 'awin':
      return {
        utm: utm('awin', 'affiliate'),
        click: `awc=11873_${clickId(random)}`,
        referrer: 'https://vouchers.example.org/',
      };
    case 'newsletter':
      return {
        utm: utm('newsletter', 'email').replace('weekly', `weekly-${issueOf(arrival.time)}`),
        click: `mc_cid=${clickId(random).slice(0, 10)}`,
        referrer: random.chance(0.3) ? 'android-app://com.google.android.gm/' : null,
      };
    default:
      return { utm: utm('criteo', 'display'), referrer: 'https://www.example.net/weather' };
  }
}
