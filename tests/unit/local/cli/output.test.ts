import { formatRows } from '@tributary/local/cli/output';

const rows = [
  { name: 'a "b", c', n: 1, list: ['x', null], is_new: true },
  { name: null, n: 2.5, list: [], is_new: false },
];

test('CSV quotes what needs it; NULL is empty, lists are JSON', () => {
  expect(formatRows(rows, 'csv').split('\n')).toEqual([
    'name,n,list,is_new',
    '"a ""b"", c",1,"[""x"",null]",true',
    ',2.5,[],false',
  ]);
});

test('a line break stays inside its CSV cell', () => {
  expect(formatRows([{ text: 'one\ntwo' }], 'csv')).toBe('text\n"one\ntwo"');
});

test('JSON gives the rows back', () => {
  expect(JSON.parse(formatRows(rows, 'json'))).toEqual(rows);
  expect(formatRows([], 'json')).toBe('[]');
});

test('a table of nothing says so', () => {
  expect(formatRows([], 'table')).toBe('(no rows)');
  expect(formatRows([{ n: 1 }], 'table')).toBe('n\n-\n1');
});

test('what JSON has no numbers for is text, in arrays too', () => {
  const odd = [{ a: Number.NaN, list: [Number.POSITIVE_INFINITY, 1], s: { x: -Infinity } }];
  expect(JSON.parse(formatRows(odd, 'json'))).toEqual([
    { a: 'NaN', list: ['Infinity', 1], s: { x: '-Infinity' } },
  ]);
  expect(formatRows(odd, 'csv').split('\n')[1]).toBe(
    'NaN,"[""Infinity"",1]","{""x"":""-Infinity""}"',
  );
  expect(formatRows(odd, 'table')).toContain('NaN  ["Infinity",1]  {"x":"-Infinity"}');
});

test('in a table NULL is not an empty text, and a value stays on its line', () => {
  const lines = formatRows(
    [
      { n: 12, text: null },
      { n: null, text: '' },
      { n: 3, text: 'a\nb' },
    ],
    'table',
  );
  expect(lines.split('\n')).toEqual([
    '   n  text',
    '----  ----',
    '  12  NULL',
    'NULL',
    '   3  a\\nb',
  ]);
});
