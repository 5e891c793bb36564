import { failureSentence } from '@tributary/local/cli/dataform';

test('a failure names actions and errors, and leaves out statements, jobs and what went well', () => {
  const sentence = failureSentence([
    'Note: --timeout only bounds project compilation and does not apply to query execution.',
    'Compiling...',
    'Compiled successfully.',
    'Running...',
    'Dataset creation disabled:  tributary.stg_ga4__events [incremental] [disabled]',
    'Assertion execution disabled:  tributary_assertions.tributary_a_uniqueKey_0 [disabled]',
    'Table creation failed:  tributary.stg_ads__costs [table]',
    '> create or replace table `tributary-local.tributary.stg_ads__costs` as',
    '> SELECT 1',
    'bigquery error: There is no exchange rate from XAF to EUR for 2026-01-01: load it.',
    'jobId: 1234',
    'Bytes billed: 0',
    'Skipping Table creation:  tributary.sessions [table]',
    'View created:  tributary.session_products [view]',
  ]);
  expect(sentence).toBe(
    'Model stg_ads__costs failed: There is no exchange rate from XAF to EUR for 2026-01-01: load it.',
  );
});

test('each failed action has its sentence', () => {
  const sentence = failureSentence([
    'Assertion failed:  tributary_assertions.assert_sessions__no_overlap [assertion]',
    'Assertion failed: query returned 3 row(s).',
    'Dataset creation failed:  tributary.sessions [table]',
    'bigquery error: division by zero',
  ]);
  expect(sentence.split('\n')).toHaveLength(2);
  expect(sentence).toContain('Assertion assert_sessions__no_overlap failed:');
  expect(sentence).toContain('Model sessions failed: division by zero');
});

test('a long failure is cut, so that its beginning is seen', () => {
  const lines = Array.from({ length: 100 }, (_, index) => `error ${index}`);
  expect(failureSentence(lines)).toMatch(/^dataform run failed: error 0 .* error 19$/);
});
