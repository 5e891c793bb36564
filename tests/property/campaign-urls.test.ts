import '../support/properties';
import fc from 'fast-check';
import { type LocalClient, openLocalClient } from '../support/local-client';

interface Campaign {
  withoutClickIds(url: string): string;
  rawColumns(url: string, lower: string): string;
}

const campaign = require('../../includes/campaign') as Campaign;

/** What URLs with click ids are made of, in any order. */
const parts = fc.constantFrom(
  ...['?', '&', '#', '&amp;', '&amp;amp;', '=', 'x', '%26', '\n', 'é'],
  ...['gclid=', 'GCLID=', 'ScCid=', 'fbclid=', '_kx=', 'mc_cid=', 'gad_source=1', 'Cj0'],
  ...['utm_source=', 'UTM_Medium=a+b', 'utm_campaign=gclid=', 'gad_campaignid=7', 'utm_id='],
);
const urls = fc.array(
  fc.array(parts, { maxLength: 12 }).map((made) => `https://shop.example/${made.join('')}`),
  { minLength: 50, maxLength: 50 },
);

let local: LocalClient;
beforeAll(async () => {
  local = await openLocalClient();
});
afterAll(() => local.close());

it('a URL without its click ids says of campaigns, and of which click id is there, what it says with them', async () => {
  const read = (url: string) =>
    `SELECT given, ${campaign.rawColumns(url, `LOWER(${url})`)} FROM (SELECT url AS given, ${campaign.withoutClickIds('url')} AS bare FROM UNNEST(@urls) AS url)`;
  await fc.assert(
    fc.asyncProperty(urls, async (given) => {
      const params = { urls: [...new Set(given)] };
      const [as, without] = await Promise.all(
        ['given', 'bare'].map((url) => local.rowsOf(`${read(url)} ORDER BY given`, { params })),
      );
      expect(without).toEqual(as);
      expect(as).toHaveLength(params.urls.length);
    }),
    { numRuns: 30 },
  );
});
