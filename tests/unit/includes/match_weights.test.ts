import { comparisonWeights, scoredPairs } from '../../../includes/match_weights';

const comparison = {
  name: 'city',
  missing: 'FALSE',
  levels: [
    { name: 'exact', condition: 'l.city = r.city', frequency: 'city' },
    { name: 'near', condition: 'd.city <= 1' },
  ],
};
// Of two records with one value nobody is a stranger but one in eight; of three and more all are.
const strangers = [1 / 8, ...Array<number>(30).fill(1)];
const frequency = { share: 1, record_count: 1024, strangers };
const learnt = { comparison: 'city', weights: [3.2, 0.7, -5.1], log2_u: -4 };

describe('weights of pairs as SQL', () => {
  const [weight] = comparisonWeights([comparison], [{ ...learnt, frequency }]);

  it('say how much each level can be at most: of the shared value, by how many records have it', () => {
    // Of two: log2 m = -0.8 bits, and log2 of 1,024 * 8. Of three: twice 1 in 1,024. Of four to seven: three times.
    expect(weight?.most).toMatch(
      /^CASE level_city WHEN 0 THEN CASE WHEN city_count < 3 THEN 12200 WHEN city_count < 4 THEN 8200 WHEN city_count < 8 THEN 7616 /,
    );
    expect(weight?.most).toMatch(/ END WHEN 1 THEN 700 WHEN 2 THEN -5100 ELSE 0 END$/);
  });

  it('say of a proof what those who share it are, unless they differ in what a person keeps', () => {
    const given = { ...comparison, name: 'given_name' };
    const bits = [20, ...Array<number>(30).fill(8)];
    const [own] = comparisonWeights(
      [comparison, given],
      [
        { ...learnt, frequency, proof: { unless: ['given_name'], bits } },
        { ...learnt, comparison: 'given_name' },
      ],
    );
    expect(own?.sql).toContain(
      "WHEN 0 THEN IF(level_given_name <= 0, CASE WHEN city_count < 3 THEN CAST('20' AS FLOAT64) WHEN city_count < 4 THEN CAST('8' AS FLOAT64) ",
    );
    expect(own?.sql).toContain('LOG(GREATEST(city_count - 1, 1)');
    // The more of both: of two 20 bits, of three 8.2 by rarity.
    expect(own?.most).toContain('WHEN city_count < 3 THEN 20000 WHEN city_count < 4 THEN 8200 ');
    const [alone] = comparisonWeights(
      [comparison],
      [{ ...learnt, frequency, proof: { unless: [], bits } }],
    );
    expect(alone?.sql).toContain('WHEN 0 THEN CASE WHEN city_count < 3 THEN ');
    expect(alone?.sql).not.toContain('LOG(');
  });

  it('limit what a mailbox says of namesakes', () => {
    const names = [
      { ...comparison, name: 'given_name' },
      { ...comparison, name: 'surname' },
    ];
    const silent = [null, null, null];
    const most = [[1.5, null, null], ...Array<null[]>(7).fill(silent), [2.5, null, null]];
    const [mailbox] = comparisonWeights(
      [comparison, ...names],
      [
        { ...learnt, among: { names: ['given_name', 'surname'], most } },
        ...names.map(({ name }) => ({ ...learnt, comparison: name })),
      ],
    );
    expect(mailbox?.sql).toContain(
      "WHEN 0 THEN LEAST(CAST('3.2' AS FLOAT64), CASE IF(level_given_name < 0, 2, level_given_name) * 1 + IF(level_surname < 0, 2, level_surname) * 3 WHEN 0 THEN CAST('1.5' AS FLOAT64) WHEN 8 THEN CAST('2.5' AS FLOAT64) ELSE ",
    );
    expect(mailbox?.sql).toContain("WHEN 1 THEN CAST('0.7' AS FLOAT64) ");
  });

  it('leave out pairs that can not reach the least weight before they are scored', () => {
    const options = { compared: 'compared', weights: weight ? [weight] : [], prior: -20 };
    const sql = scoredPairs({ ...options, min_weight: -12 });
    // -12 + 20 = 8 bits, and a thousandth for rounding.
    expect(sql).toMatch(/WHERE CASE level_city .* END >= 7999\s/);
    expect(sql).toMatch(/WHERE match_weight >= CAST\('-12' AS FLOAT64\)$/);
    expect(scoredPairs(options)).not.toContain('>= 7999');
  });

  it('count no rarity where none was learnt', () => {
    const [plain] = comparisonWeights([comparison], [{ ...learnt, weights: [3.2, 0.7] }]);
    expect(plain?.most).toContain('WHEN 0 THEN 3200');
  });
});
