import type { Random } from '../random/random';
import { type Arrival, clickId, type Tags } from './paid-tags';

const searchEngines: readonly (readonly [referrer: string, weight: number])[] = [
  ['https://www.google.com/', 46],
  ['https://www.google.de/', 22],
  ['https://www.google.co.uk/', 9],
  ['https://www.bing.com/', 9],
  ['https://duckduckgo.com/', 6],
  ['https://www.ecosia.org/', 5],
  ['https://search.yahoo.com/', 2],
  ['https://www.qwant.com/', 1],
];

const socials: readonly (readonly [string, number])[] = [
  ['https://l.instagram.com/', 40],
  ['https://m.facebook.com/', 24],
  ['https://www.reddit.com/r/hiking/', 14],
  ['https://www.pinterest.de/', 12],
  ['https://t.co/a1', 6],
  ['android-app://org.telegram.messenger/', 4],
];

const assistants: readonly (readonly [referrer: string, weight: number, utm: string])[] = [
  ['https://chatgpt.com/', 60, 'utm_source=chatgpt.com'],
  ['https://www.perplexity.ai/', 18, ''],
  ['https://copilot.microsoft.com/', 12, ''],
  ['https://gemini.google.com/', 10, ''],
];

const blogs = [
  'https://trailnotes.example.org/best-tents',
  'https://www.example.net/outdoor/boots-test',
  'https://gipfelbuch.example.com/ausruestung',
];

function drawn<T extends readonly [string, number, ...unknown[]]>(
  random: Random,
  list: readonly T[],
): T {
  const chosen = list[random.weighted(list.map((entry) => entry[1]))];
  if (!chosen) throw new RangeError('an empty list has nothing to draw');
  return chosen;
}

/** The tags and the referrer of a visit that nobody paid for by the click. */
export function unpaidTags(random: Random, arrival: Arrival): Tags {
  switch (arrival.origin) {
    case 'podcast':
      return {
        utm: 'utm_source=bergwelle&utm_medium=audio&utm_campaign=autumn-sponsoring',
        referrer: null,
      };
    case 'organic_search':
      return { utm: '', referrer: drawn(random, searchEngines)[0] };
    case 'organic_social': {
      const referrer = drawn(random, socials)[0];
      const isMeta = referrer.includes('facebook') || referrer.includes('instagram');
      // Meta adds its click id to every link, paid or not.
      return isMeta
        ? { utm: '', click: `fbclid=${clickId(random)}`, referrer }
        : { utm: '', referrer };
    }
    case 'referral':
      return { utm: '', referrer: random.pick(blogs) };
    case 'ai_assistant': {
      const [referrer, , utm] = drawn(random, assistants);
      return { utm, referrer };
    }
    default:
      return { utm: '', referrer: null };
  }
}
