import { matchingReport } from '@tributary/local/cli/report/matching-report';
import { createMemoryWarehouse } from '../../../../support/memory-warehouse';

const project = { rawDataset: 'raw' };
const weight = (comparison: string, level: string, match_weight: number) => ({
  model_version: 'match-0123456789ab',
  stop_reason: 'converged after 24 iterations',
  pair_count: 33_154,
  match_share: 0.33,
  comparison,
  level,
  m_probability: 0.444,
  u_probability: 0.041,
  match_weight,
});

function warehouseOf({ visitors = 2000, isTrained = true } = {}) {
  const warehouse = createMemoryWarehouse();
  warehouse.answerQuery('evidence_count', [
    {
      visitor_count: visitors,
      customer_count: 1000,
      joined_visitor_count: 1200,
      evidence_visitor_count: 300,
      consenting_visitor_count: 1800,
    },
  ]);
  warehouse.answerQuery('11 to 20', [{ size: '6 to 10', customer_count: 50, visitor_count: 380 }]);
  warehouse.answerQuery('threshold', [
    {
      threshold: 0.9,
      pair_count: 6848,
      found_same_count: 300,
      same_count: 400,
      wrongly_same_count: 0,
      different_count: 0,
    },
  ]);
  warehouse.answerQuery('skipped_block_count', [
    {
      rule: 'address',
      used_block_count: 11_402,
      skipped_block_count: 0,
      skipped_visitor_count: 0,
      largest_visitor_count: null,
    },
  ]);
  warehouse.answerQuery(
    'match_parameters',
    isTrained
      ? [
          weight('device', 'alike_in_turn', 3.4),
          weight('device', 'alike_not_same', -14),
          weight('language', 'same', 0.2),
        ]
      : [],
  );
  return warehouse;
}

describe('matchingReport', () => {
  it('shows rates, sizes, the curve, weights as bars, and blocks, in 80 columns', async () => {
    const text = await matchingReport(warehouseOf(), project, {});
    const lines = text.split('\n');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
    const line = (start: string) => lines.find((one) => one.trimStart().startsWith(start));
    expect(line('300 ')).toMatch(/300 +15\.0% +of them by evidence/);
    expect(line('6 to 10')).toMatch(/50 +380$/);
    // Where nobody has two logins there is nothing to go wrong.
    expect(line('0.9 ')).toMatch(/6,848 +75\.0% +-$/);
    expect(line('device')).toMatch(/alike_in_turn +44\.4% +4\.1% +3\.4 {12}\|###$/);
    expect(line('alike_not_same')).toMatch(/-14\.0 {2}##########\|$/);
    expect(line('address')).toMatch(/11,402 +0 +0 +-$/);
    expect(text.replaceAll('\n', ' ')).toContain(
      'Learnt from 33,154 pairs, of which 33.0% are one person (match-0123456789ab, converged after 24 iterations).',
    );
    // Else the bits above would add up to more than what int_identity__matches has.
    expect(text.replaceAll('\n', ' ')).toContain(
      'The line joins nobody: a pair has no more bits than device, habit and interests give it,',
    );
  });

  it('says that nothing is learnt, or that there is nobody', async () => {
    expect(await matchingReport(warehouseOf({ isTrained: false }), project, {})).toContain(
      'Evidence joins nobody: the matching of visitors is not trained yet.',
    );
    expect(await matchingReport(warehouseOf({ visitors: 0 }), project, {})).toBe(
      'There are no visitors to match.',
    );
  });

  it('prints rows as JSON', async () => {
    const figures = JSON.parse(await matchingReport(warehouseOf(), project, { json: true }));
    expect(Object.keys(figures)).toEqual(['rates', 'sizes', 'curve', 'blocks', 'weights']);
    expect(figures.weights).toHaveLength(3);
  });
});
