import { splitSqlx, type Template } from '@tributary/local/lint/sqlx/split';

const value = (code: string) => `\${${code}}`;

/** The pieces of a template as text; placeholders in angle brackets. */
function pieces(text: string, template: Template | undefined): string[] {
  return (template ?? []).map(({ kind, start, end }) =>
    kind === 'text' ? text.slice(start, end) : `<${text.slice(start + 2, end - 1)}>`,
  );
}

test('blocks are apart from SQL, and text from placeholders', () => {
  const text = `config { type: "table", a: { b: 1 } }\njs { const x = "}"; }\nSELECT ${value('x')}, 'a${value('y')}b' FROM t`;
  const { config, statements, operations } = splitSqlx(text);
  expect(text.slice(config?.start, config?.end)).toBe(' type: "table", a: { b: 1 } ');
  expect(operations).toEqual([]);
  expect(statements).toHaveLength(1);
  expect(pieces(text, statements[0])).toEqual([
    '\n',
    '\nSELECT ',
    '<x>',
    ", 'a",
    '<y>',
    "b' FROM t",
  ]);
});

test('braces in strings, comments and templates of JavaScript close nothing', () => {
  const code = `f("}", '}', \`a}${value('g({ h: 1 })')}\` /* } */)`;
  const text = `SELECT ${value(code)} FROM t`;
  expect(pieces(text, splitSqlx(text).statements[0])).toEqual(['SELECT ', `<${code}>`, ' FROM t']);
});

test('a comment holds no placeholder, and a quote in it opens no string', () => {
  const text = `SELECT 1 -- it's ${value('x')}\n/* "${value('y')} */ , ${value('z')}`;
  expect(pieces(text, splitSqlx(text).statements[0]).at(-1)).toBe('<z>');
  expect(splitSqlx(text).statements[0]).toHaveLength(2);
});

test('operations are split at their separator, within blocks as well', () => {
  const text = 'pre_operations {\n  SELECT 1\n  ---\n  SELECT 2\n}\nSELECT 3\n---\nSELECT 4';
  const { statements, operations } = splitSqlx(text);
  const words = (templates: readonly Template[]) =>
    templates.map((template) => pieces(text, template).join('').trim());
  expect(words(operations)).toEqual(['SELECT 1', 'SELECT 2']);
  expect(words(statements)).toEqual(['SELECT 3', 'SELECT 4']);
});
