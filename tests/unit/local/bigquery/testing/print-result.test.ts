import type { CaseResult } from '@tributary/local/bigquery/testing/case-result';
import { printResult, printSummary } from '@tributary/local/bigquery/testing/print-result';

const passed: CaseResult = {
  model: 'daily_orders',
  case: 'late_rows',
  isPassed: true,
  checks: ['run 1', 'repeat', 'full refresh'],
  findings: [],
  milliseconds: 1234,
};
const failed: CaseResult = {
  ...passed,
  isPassed: false,
  checks: ['run 1', 'run 2'],
  findings: [
    {
      step: 'after run 1',
      key: ['day'],
      differences: [
        { kind: 'value', key: ['2026-01-01'], column: 'n', expected: '2', actual: '1' },
      ],
    },
    { step: 'run 2', message: 'definitions/daily_orders.sqlx:7: Unrecognized name: x' },
  ],
};

test('a case that passed is one line', () => {
  expect(printResult(passed)).toBe('✓ daily_orders/late_rows  1.2 s');
});

test('a case that failed says what each check found', () => {
  expect(printResult(failed)).toBe(`✗ daily_orders/late_rows  1.2 s
  after run 1: 1 difference
    day         column  expected  actual
    ----------  ------  --------  ------
    2026-01-01  n       2         1
  run 2: definitions/daily_orders.sqlx:7: Unrecognized name: x`);
});

test('the summary counts cases and what was checked beyond them', () => {
  expect(printSummary([passed, failed], 61_000)).toBe(
    '2 cases: 1 passed, 1 failed; 1 repeated, 1 compared with a full refresh; 61.0 s',
  );
});
