import { comparisonWeights, scoredPairs } from '../../../includes/match_weights';

const comparison = {
  name: 'city',
  missing: 'FALSE',
  levels: [
    { name: 'exact', condition: 'l.city = r.city', frequency: 'city' },
    { name: 'near', condition: 'd.city <= 1' },
  ],
};
const frequency = { share: 0.5, log2_u: -4, record_count: 1024, own_count: 1 };

describe('weights of pairs as SQL', () => {
  const [weight] = comparisonWeights(
    [comparison],
    [{ comparison: 'city', weights: [3.2, 0.7, -5.1], frequency }],
  );

  it('say how much each level can be at most: of the shared value, where nobody else has it', () => {
    // 3.2 + 0.5 * (-4 + log2 1024) = 6.2 bits.
    expect(weight?.most).toBe(
      'CASE level_city WHEN 0 THEN 6200 WHEN 1 THEN 700 WHEN 2 THEN -5100 ELSE 0 END',
    );
  });

  it('leave out pairs that can not reach the least weight before they are scored', () => {
    const options = { compared: 'compared', weights: weight ? [weight] : [], prior: -20 };
    const sql = scoredPairs({ ...options, min_weight: -12 });
    // -12 + 20 = 8 bits, and a thousandth for rounding.
    expect(sql).toMatch(/WHERE CASE level_city .* END >= 7999\s/);
    expect(sql).toMatch(/WHERE match_weight >= CAST\('-12' AS FLOAT64\)$/);
    expect(scoredPairs(options)).not.toContain('7999');
  });

  it('count no rarity where none was learnt', () => {
    const [plain] = comparisonWeights([comparison], [{ comparison: 'city', weights: [3.2, 0.7] }]);
    expect(plain?.most).toContain('WHEN 0 THEN 3200');
  });
});
