import { readCsvError } from '@tributary/local/bigquery/jobs/csv-error';

const report = (fault: string) =>
  `Invalid Input Error: CSV Error on Line: 7\nOriginal Line: a,b\n${fault}\nPossible fixes:\n* Disable the parser's strict mode (strict_mode=false)\n\n  file = x.csv`;

test.each([
  [
    'Expected Number of Columns: 2 Found: 1',
    'line 7 has 1 value, the table takes 2: correct the line, or set allowJaggedRows to take the missing ones as NULL',
  ],
  [
    'Expected Number of Columns: 2 Found: 3',
    'line 7 has 3 values, the table takes 2: correct the line, or set ignoreUnknownValues to leave out the others',
  ],
  ['Value with unterminated quote found.\n', 'line 7 has a quote that is not closed'],
  ['Invalid unicode (byte sequence mismatch) detected.', 'line 7 is not UTF-8'],
  ['Something new.', 'line 7 cannot be read as CSV'],
])('%s', (fault, sentence) => {
  const error = readCsvError(report(fault));
  expect(error?.reason).toBe('invalid');
  expect(error?.message).toContain(sentence);
  expect(error?.message).not.toMatch(/strict|\n/);
});

test('other messages are none', () => {
  expect(readCsvError('Conversion Error: no number')).toBeUndefined();
});
