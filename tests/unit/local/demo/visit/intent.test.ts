import { baseHazard, originIndex } from '@tributary/local/demo/shop/origins';
import { Intent } from '@tributary/local/demo/visit/intent';

const day = 86_400_000;
const search = originIndex('google_generic');
const direct = originIndex('direct');

describe('Intent', () => {
  it('is the base hazard alone before any visit', () => {
    expect(new Intent().hazard('first_order', 0)).toBe(baseHazard.first_order);
    expect(new Intent().causes('first_order', 0)).toEqual({ base: 1, causes: [] });
  });

  it('halves the effect of a visit after its half-life', () => {
    const intent = new Intent();
    intent.touch(0, search, 1);
    const now = intent.hazard('first_order', 0) - baseHazard.first_order;
    const later = intent.hazard('first_order', 5 * day) - baseHazard.first_order;
    expect(later / now).toBeCloseTo(0.5, 10);
  });

  it('counts engaged visits more, and visits in quick succession less', () => {
    const glance = new Intent();
    glance.touch(0, search, 0.3);
    const deep = new Intent();
    deep.touch(0, search, 1.6);
    expect(deep.hazard('first_order', 0)).toBeGreaterThan(glance.hazard('first_order', 0));

    const soon = new Intent();
    soon.touch(0, direct, 1);
    soon.touch(60_000, search, 1);
    const late = new Intent();
    late.touch(0, direct, 1);
    late.touch(9 * day, search, 1);
    expect(soon.hazard('first_order', 60_000)).toBeLessThan(late.hazard('first_order', 9 * day));
  });

  it('names no cause where a channel has no effect', () => {
    const intent = new Intent();
    intent.touch(0, direct, 1);
    expect(intent.causes('first_order', 0)).toEqual({ base: 1, causes: [] });
  });

  it('shares a conversion among its causes without remainder', () => {
    const intent = new Intent();
    intent.touch(0, search, 1);
    intent.touch(day, originIndex('newsletter'), 1);
    intent.touch(2 * day, search, 0.3);
    const { base, causes } = intent.causes('return_order', 3 * day);
    expect(causes).toHaveLength(2);
    expect(causes.reduce((sum, cause) => sum + cause.share, base)).toBeCloseTo(1, 12);
  });

  it('starts anew after an order', () => {
    const intent = new Intent();
    intent.touch(0, search, 1.6);
    intent.satisfy();
    expect(intent.hazard('return_order', 1)).toBe(baseHazard.return_order);
  });
});
