import { buildJourneys } from '@tributary/functions/attribution/ihc/build-journeys';
import { parseParameters } from '@tributary/functions/attribution/ihc/parameters';
import { train } from '@tributary/functions/attribution/ihc/training/train';
import { columnsOf, shopSessions } from '../../support';

const trainedAt = new Date('2026-11-21T00:00:00Z');
const built = buildJourneys(columnsOf(shopSessions(3500)));
const trainShop = (options = {}) =>
  train({ ...built, conversionType: 'first_order', trainedAt, options });

describe('train', () => {
  it('gives parameters that are complete, readable and carry their origin', () => {
    const result = trainShop();
    expect(result.converged).toBe(true);
    const parameters = parseParameters(JSON.parse(JSON.stringify(result.parameters)), 'trained');
    expect(parameters.conversion_type).toBe('first_order');
    expect(parameters.trained_at).toBe('2026-11-21T00:00:00.000Z');
    expect(parameters.model_version).toMatch(/^ihc-[0-9a-f]{12}$/);
    const { initializer, holder, closer } = parameters.phase_weights;
    expect(initializer + holder + closer).toBeCloseTo(1, 5);
    expect(Object.keys(parameters.channel_weights)).toEqual([
      'Affiliate',
      'Direct',
      'Newsletter',
      'Organic',
      'Paid Search',
    ]);
  });

  it('gives the same parameters each time, whatever the hour', () => {
    const again = train({ ...built, conversionType: 'first_order', trainedAt: new Date(0) });
    expect(again.parameters?.model_version).toBe(trainShop().parameters?.model_version);
  });

  it('does not depend on the order of rows', () => {
    const reversed = buildJourneys(columnsOf(shopSessions(3500).reverse()), {});
    const result = train({ ...reversed, conversionType: 'first_order', trainedAt });
    expect(result.parameters?.model_version).toBe(trainShop().parameters?.model_version);
  });

  it('has curves that rise to the reset and fall to 0', () => {
    const { parameters } = trainShop();
    const { gap_hours = [], membership = [] } = parameters?.initializer_curve ?? {};
    expect(membership[0]).toBe(0);
    expect(membership.at(-1)).toBe(1);
    expect(gap_hours.at(-1)).toBe(parameters?.reset_gap_hours);
    expect(parameters?.closer_curve.membership[0]).toBe(1);
    expect(parameters?.closer_curve.membership.at(-1)).toBe(0);
    expect(parameters?.closer_curve.membership).toHaveLength(81);
  });

  it('weighs channels around 1 by their frequency', () => {
    const weights = Object.values(trainShop().parameters?.channel_weights ?? {});
    for (const phase of ['initializer', 'holder', 'closer'] as const) {
      for (const weight of weights) {
        expect(weight[phase]).toBeGreaterThan(0.5);
        expect(weight[phase]).toBeLessThan(2);
      }
    }
  });

  it('warns between the minimum and a comfortable number of journeys', () => {
    const few = train({
      ...buildJourneys(columnsOf(shopSessions(500)), {}),
      conversionType: 'first_order',
      trainedAt,
    });
    expect(few.diagnostics.warnings[0]).toMatch(/^Only \d+ journeys have 3 or more sessions/);
    expect(trainShop().diagnostics.warnings).toEqual([]);
  });

  it('reports what was left out', () => {
    const cleaned = buildJourneys(columnsOf([...shopSessions(3500), { hours: null }]), {});
    const { diagnostics } = train({ ...cleaned, conversionType: 'first_order', trainedAt });
    expect(diagnostics.excluded.missingTime).toBe(1);
    expect(diagnostics.warnings).toContain('Sessions left out: 1 without a time.');
  });
});
