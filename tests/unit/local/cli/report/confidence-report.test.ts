import { confidenceReport } from '@tributary/local/cli/report/confidence-report';
import { createMemoryWarehouse } from '../../../../support/memory-warehouse';

const project = { rawDataset: 'raw' };
const row = {
  conversion_type: 'first_order',
  channel: 'Paid Search Brand and another',
  attributed_conversion_count: '12',
  conversion_share: 0.234,
  sampling_low_share: 0.2,
  sampling_high_share: 0.25,
  spread_low_share: 0.1,
  spread_high_share: 0.3,
  spread_model_count: 2,
  held_out_status: 'passes',
  held_out_reason: null,
  held_out_log_loss: 0.5,
  base_rate_log_loss: 0.6,
  calibration_error: 0.012,
  lift_status: 'disagrees',
  lift_test_count: 2,
  lift_standard_errors: -2.04,
};
const base = {
  ...row,
  channel: '(none)',
  spread_low_share: null,
  lift_status: 'not validated',
  lift_test_count: 0,
};
const training = {
  conversion_type: 'first_order',
  model_version: 'abc',
  stop_reason: 'hazard fits the 2 lift tests best.',
};

function warehouseOf(rows: readonly (typeof row | typeof base)[]) {
  const warehouse = createMemoryWarehouse();
  warehouse.answerQuery('rpt_attribution_confidence', rows);
  warehouse.answerQuery('model_trainings', [training]);
  return warehouse;
}

describe('confidenceReport', () => {
  it('shows the four figures per channel within 80 columns', async () => {
    const text = await confidenceReport(warehouseOf([row, base]), project, {});
    const lines = text.split('\n');
    expect(lines.slice(0, 2)).toEqual([
      'first_order: conversions by chosen abc',
      'hazard fits the 2 lift tests best.',
    ]);
    expect(lines.find((line) => line.startsWith('Paid'))).toMatch(
      / 23\.4% +20\.0-25\.0% +10\.0-30\.0% +disagrees -2\.0 \(2\)$/,
    );
    expect(lines.find((line) => line.startsWith('(none)  '))).toMatch(/25\.0% +not validated$/);
    expect(text).toContain(
      'Held-out days: passes; log-loss 0.5000, of the base rate 0.6000; calibration\nerror 1.2%.',
    );
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it('says why the held-out fit was not tested', async () => {
    const untested = {
      ...row,
      held_out_status: 'not tested',
      held_out_reason: 'It predicts none.',
    };
    const warehouse = warehouseOf([untested as unknown as typeof base]);
    const text = await confidenceReport(warehouse, project, { model: 'linear' });
    expect(text).toContain('Held-out days: not tested. It predicts none.');
  });

  it('says what has no figures, and why', async () => {
    const text = await confidenceReport(warehouseOf([]), project, { model: 'platform_meta' });
    expect(text).toMatch(/no figures for the model platform_meta/);
    expect(text).toContain('first_order: hazard fits');
  });

  it('prints rows as JSON', async () => {
    const text = await confidenceReport(warehouseOf([row]), project, { json: true });
    expect(JSON.parse(text)).toEqual([row]);
  });
});
