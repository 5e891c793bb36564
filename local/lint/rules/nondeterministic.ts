import type { Rule } from '../rule';
import { findCalls } from './calls';

/** Names of functions that give another result in each run. */
export const CHANGES = /^(CURRENT_(DATE|TIME|DATETIME|TIMESTAMP)|RAND|GENERATE_UUID|SESSION_USER)$/;

/** Running twice must change nothing: "now" is the newest row, ids are hashes. */
export const nondeterministic: Rule = {
  name: 'nondeterministic',
  about:
    'No RAND, GENERATE_UUID, CURRENT_ functions and SESSION_USER, but in the includes that `clock_includes` names.',
  bad: 'WHERE received_at > TIMESTAMP_SUB(CURRENT_TIMESTAMP(), INTERVAL 3 DAY)',
  good: 'WHERE received_at > TIMESTAMP_SUB((SELECT MAX(received_at) FROM events), INTERVAL 3 DAY)',
  text(sql, report, { clock_includes: allowed }) {
    const written = sql.tokens.filter(
      ({ upper, kind }, i) =>
        kind === 'word' && upper.startsWith('CURRENT_') && sql.tokens[i - 1]?.text !== '.',
    );
    const called = findCalls(sql).map(({ name, offset }) => ({
      upper: name.replace(/^SAFE\./, ''),
      offset,
    }));
    const seen = new Map([...written, ...called].map(({ upper, offset }) => [offset, upper]));
    for (const [offset, name] of seen) {
      const { placeholder = '' } = sql.place(offset);
      const include = /^\$\{\s*(\w+)/.exec(placeholder)?.[1] ?? '';
      if (!CHANGES.test(name) || allowed.includes(include)) continue;
      report(
        offset,
        `${name} gives another result in each run; write the newest time of the data, or a hash for an id`,
      );
    }
  },
};
