import { sourceFile } from '@tributary/local/lint/sqlx/source-file';
import { SqlText } from '@tributary/local/lint/sqlx/sql-text';

const value = (code: string) => `\${${code}}`;

function read(source: string, compiled: string): SqlText {
  const file = sourceFile('m.sqlx', source);
  return new SqlText(compiled, 'm.sqlx', file, file.sqlx?.statements ?? []);
}

test('text behind a placeholder keeps its line and column', () => {
  const sql = read(
    `config { type: "table" }\nSELECT ${value('columns')}\nFROM t`,
    '\nSELECT a,\n  b,\n  c\nFROM t',
  );
  expect(sql.place(sql.text.indexOf('FROM'))).toMatchObject({ line: 3, column: 1 });
});

test('what a placeholder gives stands where the placeholder is, with its code', () => {
  const sql = read(`SELECT 1,\n  ${value('dates.now()')} AS x`, 'SELECT 1,\n  CURRENT_DATE() AS x');
  expect(sql.place(sql.text.indexOf('CURRENT'))).toMatchObject({
    line: 2,
    column: 3,
    placeholder: value('dates.now()'),
  });
});

test('a line that is written in the placeholder is found there', () => {
  const source = `SELECT 1\n${value('when(true, `\n  WHERE a = 1\n  AND bad`)')}`;
  const sql = read(source, 'SELECT 1\n\n  WHERE a = 1\n  AND bad');
  expect(sql.place(sql.text.indexOf('bad'))).toMatchObject({ line: 4, column: 7 });
});

test('short texts between placeholders are laid on the right ones', () => {
  const sql = read(`SELECT ${value('a')}, ${value('b')}, z`, 'SELECT f(1, 2), g(3, 4), z');
  expect(sql.place(sql.text.indexOf('z'))).toMatchObject({ line: 1, column: 20 });
});

test('a text that is not of this source has a file and no line', () => {
  expect(read('SELECT 1', 'SELECT 2').place(3)).toEqual({ file: 'm.sqlx' });
});

test('words in strings, names and comments are no words', () => {
  const { tokens, comments } = read('', "SELECT 'FROM', `WHERE` -- JOIN");
  const words = tokens.filter(({ kind }) => kind === 'word').map(({ text }) => text);
  expect(words).toEqual(['SELECT']);
  expect(comments).toHaveLength(1);
});
