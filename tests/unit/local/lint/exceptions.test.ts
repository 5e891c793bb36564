import { checkExceptions, findException } from '@tributary/local/lint/exceptions';

const rules = new Set(['keywords', 'total-order']);
const unused = () => false;

test('an exception stands on the line or in the comment lines above it', () => {
  const beside = 'SELECT 1\nselect 2 -- lint-ok: keywords an old name';
  expect(findException(beside, beside.indexOf('select'), 'keywords')).toBeDefined();
  const above = '-- lint-ok: keywords an old name\n-- that goes on\nselect 2';
  expect(findException(above, above.indexOf('select'), 'keywords')).toBeDefined();
  const far = '-- lint-ok: keywords an old name\nSELECT 1\nselect 2';
  expect(findException(far, far.indexOf('select'), 'keywords')).toBeUndefined();
});

test('it covers its own rule, and needs a reason', () => {
  const text = '-- lint-ok: keywords\nselect 2';
  expect(findException(text, text.indexOf('select'), 'keywords')).toBeUndefined();
  const other = '-- lint-ok: keywords why not\nselect 2';
  expect(findException(other, other.indexOf('select'), 'total-order')).toBeUndefined();
});

test('"order is total" is one for total-order', () => {
  const text = '-- order is total: numbers differ\nROW_NUMBER()';
  expect(findException(text, text.indexOf('ROW'), 'total-order')).toBeDefined();
});

test.each([
  ['-- lint-ok: speling why', 'there is no rule speling'],
  ['-- lint-ok: keywords', 'needs its reason'],
  ['-- order is total:', 'needs its reason'],
  ['-- lint-ok: keywords why', 'nothing here breaks keywords'],
])('%s is a problem', (line, message) => {
  const problems = checkExceptions('m.sqlx', `SELECT 1\n  ${line}\n`, rules, unused);
  expect(problems).toEqual([
    {
      rule: 'lint-ok',
      file: 'm.sqlx',
      line: 2,
      column: 3,
      message: expect.stringContaining(message),
    },
  ]);
});

test('one that is used is none', () => {
  expect(
    checkExceptions('m.sqlx', '-- lint-ok: keywords why', rules, (line) => line === 1),
  ).toEqual([]);
});
