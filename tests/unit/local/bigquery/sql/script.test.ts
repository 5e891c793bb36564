import { BigQueryError, UnsupportedError } from '@tributary/local/bigquery/sql/errors';
import { relocate, type ScriptStatement, splitScript } from '@tributary/local/bigquery/sql/script';
import { readScripting } from '@tributary/local/bigquery/sql/scripting';

const texts = (script: string): string[] => splitScript(script).map(({ text }) => text);

describe('splitScript', () => {
  test('splits at semicolons alone, and drops what is empty', () => {
    expect(texts(' SELECT 1 ;; \n -- only a comment\n; SELECT 2')).toEqual([
      'SELECT 1',
      'SELECT 2',
    ]);
    expect(texts('')).toEqual([]);
  });

  test.each([
    "SELECT 'a;b'",
    'SELECT "a;b"',
    'SELECT `a;b`',
    "SELECT '''a;\n'b;'''",
    'SELECT """a;"b"""',
    "SELECT r'\\;', b'a;b', rb'c;d'",
    "SELECT 'it\\';s'",
    'SELECT 1 -- a;b\n, 2 # c;d\n, 3 /* e;\nf */, 4',
    "SELECT '' || ''';'''",
  ])('keeps %s whole', (text) => {
    expect(texts(`${text};\nSELECT 9`)).toEqual([text, 'SELECT 9']);
  });

  test('tells where statements begin', () => {
    const [, second] = splitScript('SELECT 1;\n\n  SELECT 2');
    expect(second).toEqual({ text: 'SELECT 2', offset: 13, line: 3, column: 3 });
  });

  test('a string without an end is an error with its place', () => {
    expect(() => splitScript("SELECT 1;\nSELECT 'abc")).toThrow('[2:8]');
  });
});

test('an error in a statement is shown at its place in the script', () => {
  const statement: ScriptStatement = { text: '', offset: 0, line: 3, column: 5 };
  const at = (line: number, column: number) =>
    relocate(new BigQueryError('invalidQuery', 'Wrong', { line, column }), statement).message;
  expect(at(1, 8)).toBe('Wrong at [3:12]');
  expect(at(2, 8)).toBe('Wrong at [4:8]');
  const unsupported = relocate(new UnsupportedError('X', { line: 1, column: 1 }), statement);
  expect(unsupported).toBeInstanceOf(UnsupportedError);
});

describe('readScripting', () => {
  test('reads DECLARE with and without a type', () => {
    expect(readScripting('DECLARE a, b ARRAY<INT64> DEFAULT [1, 2]')).toEqual({
      kind: 'declare',
      names: ['a', 'b'],
      type: { kind: 'ARRAY', element: { kind: 'INT64' } },
      value: '[1, 2]',
    });
    expect(readScripting('declare x default (select 1)')).toMatchObject({
      type: undefined,
      value: '(select 1)',
    });
    expect(readScripting('DECLARE x STRING')).toMatchObject({
      type: { kind: 'STRING' },
      value: 'NULL',
    });
  });

  test('reads SET and transactions, and leaves statements alone', () => {
    expect(readScripting('SET x = x + 1')).toMatchObject({
      kind: 'set',
      names: ['x'],
      value: 'x + 1',
    });
    expect(readScripting('BEGIN TRANSACTION')).toEqual({ kind: 'transaction', action: 'begin' });
    expect(readScripting('COMMIT')).toEqual({ kind: 'transaction', action: 'commit' });
    expect(readScripting('SELECT 1')).toBeUndefined();
    expect(readScripting('CREATE TABLE x AS SELECT 1')).toBeUndefined();
  });

  test.each([
    ['IF x THEN SELECT 1', 'IF in scripts'],
    ['EXECUTE IMMEDIATE "SELECT 1"', 'EXECUTE IMMEDIATE in scripts'],
    ['BEGIN SELECT 1', 'BEGIN in scripts'],
    ['CALL p()', 'CALL in scripts'],
    ['SET (a, b) = (1, 2)', 'SET other than'],
  ])('refuses %s by name', (sql, what) => {
    expect(() => readScripting(sql)).toThrow(what);
  });
});
