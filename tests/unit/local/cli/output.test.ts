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
