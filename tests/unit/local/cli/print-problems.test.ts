import { printProblems } from '@tributary/local/cli/print-problems';

const problem = {
  rule: 'any-value',
  file: 'definitions/02_staging/stg_orders.sqlx',
  line: 3,
  column: 5,
  message: 'ANY_VALUE may give any; write MIN, MAX, or ANY_VALUE(... HAVING MAX ...)',
};

test('a terminal gets lines that fit, each place at the beginning of one', () => {
  const lines = printProblems([problem, problem], 60);
  expect(lines).toEqual([
    'definitions/02_staging/stg_orders.sqlx:3:5 any-value:',
    '  ANY_VALUE may give any; write MIN, MAX, or ANY_VALUE(...',
    '  HAVING MAX ...)',
    'definitions/02_staging/stg_orders.sqlx:3:5 any-value:',
    '  ANY_VALUE may give any; write MIN, MAX, or ANY_VALUE(...',
    '  HAVING MAX ...)',
  ]);
});

test('other programs get one line each', () => {
  expect(printProblems([problem], undefined)).toEqual([
    'definitions/02_staging/stg_orders.sqlx:3:5 any-value: ANY_VALUE may give any; write MIN, MAX, or ANY_VALUE(... HAVING MAX ...)',
  ]);
});
