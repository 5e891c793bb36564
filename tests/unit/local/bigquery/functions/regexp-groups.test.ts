import { readGroups } from '@tributary/local/bigquery/functions/regexp-groups';

describe('readGroups', () => {
  it.each([
    ['abc', 0, false],
    ['a(b)c', 1, false],
    ['a(?:b)c', 0, false],
    ['(?P<name>b)', 1, false],
    ['[(]a', 0, false],
    ['\\(a\\)', 0, false],
    ['(?i)^https?://(?:www\\.)?([^/]+)', 1, false],
    ['(a|b)', 1, false],
    ['a(b)?', 1, true],
    ['a(b)*', 1, true],
    ['a(b){0,2}', 1, true],
    ['(?:a(b))?', 1, true],
    ['(?:a|(b))', 1, true],
    ['a|(b)', 1, true],
    ['(a)(b)', 2, false],
  ])('%s has %i groups, optional: %s', (pattern, count, optional) => {
    expect(readGroups(pattern)).toEqual({ count, optional });
  });
});
