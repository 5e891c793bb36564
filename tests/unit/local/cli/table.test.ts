import { formatTable } from '@tributary/local/cli/table';

test('words stand left, numbers right, and nothing trails', () => {
  const table = formatTable(
    ['channel', 'sessions', 'note'],
    [
      ['Direct', '1,204', ''],
      ['Paid Search', 7, 'new'],
    ],
  );
  expect(table.split('\n')).toEqual([
    'channel      sessions  note',
    '-----------  --------  ----',
    'Direct          1,204',
    'Paid Search         7  new',
  ]);
});

test('percents and negative numbers are numbers; one word makes a column of words', () => {
  const lines = formatTable(
    ['share', 'mixed'],
    [
      ['-12.5%', 1],
      ['3%', 'two'],
    ],
  ).split('\n');
  expect(lines.slice(2)).toEqual(['-12.5%  1', '    3%  two']);
});

test('an empty cell does not decide on the side', () => {
  expect(
    formatTable(['cost'], [[null], ['12.50']])
      .split('\n')
      .slice(2),
  ).toEqual(['', '12.50']);
});

test('characters beyond the basic plane count once', () => {
  expect(formatTable(['e', 'n'], [['😀', 1]]).split('\n')).toEqual(['e  n', '-  -', '😀  1']);
});

test('a table without rows is its header', () => {
  expect(formatTable(['a', 'b'], [])).toBe('a  b\n-  -');
});
