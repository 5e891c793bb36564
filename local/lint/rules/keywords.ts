import type { Rule } from '../rule';

/** Reserved words: they can't be names, unless behind a dot. */
export const KEYWORDS: ReadonlySet<string> = new Set(
  (
    'ALL AND ANY ARRAY AS ASC BETWEEN BY CASE CAST CREATE CROSS CURRENT DESC DISTINCT ELSE END ' +
    'EXCEPT EXISTS EXTRACT FALSE FOLLOWING FOR FROM FULL GROUP GROUPING HAVING IF IGNORE IN INNER ' +
    'INTERSECT INTERVAL INTO IS JOIN LEFT LIKE LIMIT MERGE NOT NULL NULLS ON OR ORDER OUTER OVER ' +
    'PARTITION PRECEDING QUALIFY RANGE RECURSIVE RESPECT RIGHT ROLLUP ROWS SELECT SET STRUCT ' +
    'TABLESAMPLE THEN TO TRUE UNBOUNDED UNION UNNEST USING WHEN WHERE WINDOW WITH'
  ).split(' '),
);

export const keywords: Rule = {
  name: 'keywords',
  about: 'Keywords are written in upper case.',
  bad: 'select session_id from sessions',
  good: 'SELECT session_id FROM sessions',
  text({ tokens }, report) {
    tokens.forEach(({ kind, text, upper, offset }, i) => {
      if (kind !== 'word' || text === upper || !KEYWORDS.has(upper)) return;
      if (tokens[i - 1]?.text !== '.') report(offset, `the keyword ${text}; write ${upper}`);
    });
  },
};
