import type { Rule } from '../rule';
import { findWords, offsetOf } from './calls';

export const groupByAll: Rule = {
  name: 'group-by-all',
  about: 'No GROUP BY ALL: the grain of a query is written down.',
  bad: 'SELECT channel, SUM(cost) AS cost FROM costs GROUP BY ALL',
  good: 'SELECT channel, SUM(cost) AS cost FROM costs GROUP BY channel',
  text(sql, report) {
    for (const i of findWords(sql, 'GROUP', 'BY', 'ALL')) {
      report(offsetOf(sql, i), 'GROUP BY ALL hides the grain; write the columns');
    }
  },
};
