import { Random, streams } from '@tributary/local/demo/random/random';
import { campaigns } from '@tributary/local/demo/shop/campaigns';
import { makeLanding } from '@tributary/local/demo/shop/landing';
import { origins } from '@tributary/local/demo/shop/origins';

const land = (origin: string, share = 0.2, index = 1) =>
  makeLanding(new Random(11, streams.person, index), {
    origin,
    category: 0,
    isMobile: false,
    share,
    time: Date.parse('2026-09-10T12:00:00Z'),
  });

const several = (origin: string) =>
  Array.from({ length: 60 }, (_, index) => land(origin, 0.2, index));

describe('makeLanding', () => {
  it('tags every paid click with utm or a click id', () => {
    for (const { origin } of campaigns) {
      for (const { query } of several(origin)) expect(query).toMatch(/utm_source=|gclid=|braid=/);
    }
  });

  it('gives direct visits neither tags nor referrer', () => {
    expect(land('direct')).toMatchObject({
      query: '',
      referrer: null,
      hasClickId: false,
      ad: null,
    });
  });

  it('leaves click ids out of what is kept without consent', () => {
    const ids = /gclid|braid|fbclid|ttclid|msclkid|awc=|mc_cid/;
    for (const { key } of origins) {
      for (const { anonymousQuery } of several(key)) expect(anonymousQuery).not.toMatch(ids);
    }
  });

  it('renames a campaign in the middle of the period, and keeps its id', () => {
    const before = land('meta_prospecting', 0.49);
    const after = land('meta_prospecting', 0.5);
    expect(before.campaignName).toBe('Prospecting | Broad');
    expect(after.campaignName).toBe('Advantage+ | Broad');
    expect(before.query).toContain('utm_campaign=prospecting-broad&utm_id=120200001');
    expect(after.query).toContain('utm_campaign=advantage-plus-broad&utm_id=120200001');
  });

  it('names the newsletter after the Tuesday of its issue', () => {
    expect(land('newsletter').query).toContain('utm_campaign=weekly-2026-09-08');
  });

  it('comes from several search engines', () => {
    const referrers = new Set(several('organic_search').map(({ referrer }) => referrer));
    expect(referrers.size).toBeGreaterThan(4);
  });

  it('adds fbclid to unpaid links of Meta, as Meta does', () => {
    const meta = several('organic_social').filter(({ referrer }) => referrer?.includes('facebook'));
    expect(meta.length).toBeGreaterThan(0);
    for (const { query } of meta) expect(query).toMatch(/^fbclid=/);
  });
});
