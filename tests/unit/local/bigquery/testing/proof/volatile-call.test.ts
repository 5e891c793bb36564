import { volatileCall } from '@tributary/local/bigquery/testing/proof/volatile-call';

const none = { preOps: [], postOps: [], incrementalPreOps: [], incrementalPostOps: [] };

test.each([
  ['SELECT current_timestamp() AS t', 'CURRENT_TIMESTAMP'],
  ['SELECT CURRENT_DATE', 'CURRENT_DATE'],
  ['SELECT RAND() < 0.5', 'RAND'],
])('%s asks for %s', (query, call) => {
  expect(volatileCall({ ...none, query })).toBe(call);
});

test('columns, aliases, text and comments of these names ask for nothing', () => {
  const query = `SELECT t.current_date, 1 AS rand, 'CURRENT_DATE' -- CURRENT_TIMESTAMP()
FROM t`;
  expect(volatileCall({ ...none, query })).toBeUndefined();
});

test('operations and the incremental query count', () => {
  const query = 'SELECT 1';
  expect(volatileCall({ ...none, query, incrementalQuery: 'SELECT RAND()' })).toBe('RAND');
  expect(volatileCall({ ...none, query, preOps: ['SELECT GENERATE_UUID()'] })).toBe(
    'GENERATE_UUID',
  );
});
