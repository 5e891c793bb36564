import { failureSentence } from '@tributary/local/cli/dataform';

test('a failure names actions and errors, and leaves out statements, jobs and what went well', () => {
  const sentence = failureSentence([
    'Compiling...',
    'Compiled successfully.',
    'Running...',
    'Table creation failed:  tributary.stg_ads__costs [table]',
    '> create or replace table `tributary-local.tributary.stg_ads__costs` as',
    '> SELECT 1',
    'bigquery error: There is no exchange rate from XAF to EUR for 2026-01-01: load it.',
    'jobId: 1234',
    'Bytes billed: 0',
    'Skipping Table creation:  tributary.sessions [table]',
    'View created:  tributary.session_products [view]',
  ]);
  expect(sentence.split('\n')).toEqual([
    'dataform run failed; mend the model below and run again.',
    '  Table creation failed:  tributary.stg_ads__costs [table]',
    '  bigquery error: There is no exchange rate from XAF to EUR for 2026-01-01: load it.',
  ]);
});

test('a long failure is cut, so that its beginning is seen', () => {
  const lines = Array.from({ length: 100 }, (_, index) => `error ${index}`);
  expect(failureSentence(lines).split('\n')).toHaveLength(21);
});
