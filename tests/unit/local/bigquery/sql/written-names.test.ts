import { writtenNames } from '@tributary/local/bigquery/sql/written-names';

describe('names written where a table may stand', () => {
  test.each<[string, string[][]]>([
    ['SELECT 1', []],
    ['SELECT a FROM t', [['t']]],
    ['select * from `p.d.t` join d.`t u` using (id)', [['p.d.t'], ['d', 't u']]],
    ['SELECT * FROM my-project.d.t', [['my-project', 'd', 't']]],
    ['SELECT * FROM /* the source */ d.t -- FROM d.u', [['d', 't']]],
    ['SELECT \'FROM d.u\', """FROM \'d.u\'""", r\'\\\' FROM d.t', [['d', 't']]],
    [
      'MERGE INTO d.t USING d.u ON TRUE',
      [
        ['d', 't'],
        ['d', 'u'],
      ],
    ],
    [
      'CREATE TABLE d.t AS SELECT * FROM d.u, d.v',
      [
        ['d', 't'],
        ['d', 'u'],
      ],
    ],
    ['SELECT * FROM (SELECT * FROM d.t)', [['d', 't']]],
    ['SELECT * FROM d.t AS a JOIN d.t AS b USING (id)', [['d', 't']]],
    ['UPDATE d.t SET a = 1 WHERE TRUE', [['d', 't']]],
  ])('%s', (sql, names) => {
    expect(writtenNames(sql)).toEqual(names);
  });
});
