import { toBigQueryError } from '@tributary/local/bigquery/jobs/duck-error';

test.each([
  [
    'Invalid Input Error: More than one row returned by a subquery used as an expression - ...',
    'Scalar subquery produced more than one element',
  ],
  ['Out of Range Error: Overflow in addition of INT64 (10 + 7)!', 'int64 overflow: 10 + 7'],
  [
    "Invalid Input Error: Unknown TimeZone 'Mars'!\nCandidate time zones",
    'Invalid time zone: Mars',
  ],
  ['Invalid Input Error: division by zero', 'division by zero'],
  ['Out of Range Error: Overflow in HUGEINT addition: 1 + 2', 'numeric overflow'],
  ['Conversion Error: Unable to read a DOUBLE', 'Unable to read a FLOAT64'],
  ['Invalid Input Error: my DOUBLE is off', 'my DOUBLE is off'],
  ['Binder Error: LIMIT/OFFSET cannot be negative', 'Limit requires non-negative count and offset'],
])('%s', (message, sentence) => {
  expect(toBigQueryError(new Error(message))).toMatchObject({ reason: 'invalidQuery', sentence });
});

test.each(['Cannot create a string longer than 0x1fffffe8 characters', 'Invalid array length'])(
  '%s: clients need not try again',
  (message) => {
    expect(toBigQueryError(new Error(message))).toMatchObject({ reason: 'resourcesExceeded' });
  },
);

test('what DuckDB does not take of our SQL is no error that clients repeat', () => {
  const error = toBigQueryError(new Error('Binder Error: no such thing\n\nLINE 1: SELECT ...'));
  expect(error).toMatchObject({ reason: 'invalidQuery' });
  expect(error.message).toContain('please report it: no such thing');
  expect(error.message).not.toContain('LINE 1');
});
