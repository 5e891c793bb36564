import type { Rule } from '../rule';
import { findCalls } from './calls';

export const anyValue: Rule = {
  name: 'any-value',
  about: 'No ANY_VALUE without HAVING: it may give another value in each run.',
  bad: 'ANY_VALUE(country)',
  good: 'ANY_VALUE(country HAVING MIN occurred_at), or MIN(country)',
  text(sql, report) {
    for (const { name, offset, open, close } of findCalls(sql)) {
      if (name !== 'ANY_VALUE') continue;
      if (sql.tokens.slice(open, close).some(({ upper }) => upper === 'HAVING')) continue;
      report(offset, 'ANY_VALUE may give any; write MIN, MAX, or ANY_VALUE(... HAVING MAX ...)');
    }
  },
};
