import { proofLine } from '@tributary/local/bigquery/testing/proof/print-proof';
import type { ModelProof } from '@tributary/local/bigquery/testing/proof/prove-model';
import { prove, SEED } from '../support/model-proof';

/** Fewer than of the others: stg_events with adapters asks the reference engine for 25 s of 1,000. */
const ROWS = 200;

let proofs: readonly ModelProof[];
beforeAll(async () => {
  proofs = await prove({ rows: ROWS, seed: SEED, variants: 'only' });
}, 300_000);

test('what is switched on makes the same rows on both engines, and makes some', () => {
  const differing = proofs.filter(
    ({ differences, notCompared, rowsOut }) =>
      differences.length > 0 || notCompared !== undefined || rowsOut === 0,
  );
  expect(differing.map(proofLine)).toEqual([]);
});

test('every adapter and everything that reads them is among it', () => {
  expect(new Set(proofs.map(({ variant, model }) => `${variant} ${model}`))).toEqual(
    new Set(
      [
        ...['stg_ga4__events', 'stg_segment__events', 'stg_snowplow__events', 'stg_events'],
        ...['stg_events__orders', 'stg_shop__orders', 'int_sessions__sessions'],
        'int_sessions__lone_sessions',
        ...['int_sessions__ga4_sessions', 'rpt_ga4_session_differences'],
        'int_journeys__conversion_touches',
      ].map((model) => `switched_on ${model}`),
    ),
  );
});
