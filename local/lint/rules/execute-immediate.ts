import type { Rule } from '../rule';
import { findWords, offsetOf } from './calls';

export const executeImmediate: Rule = {
  name: 'execute-immediate',
  about: 'No EXECUTE IMMEDIATE: SQL made at run time is seen by nobody.',
  bad: "EXECUTE IMMEDIATE CONCAT('SELECT ', column)",
  good: 'SELECT and a placeholder that gives the columns',
  text(sql, report) {
    for (const i of findWords(sql, 'EXECUTE', 'IMMEDIATE')) {
      report(
        offsetOf(sql, i),
        'EXECUTE IMMEDIATE is not allowed; write the SQL with a placeholder',
      );
    }
  },
};
