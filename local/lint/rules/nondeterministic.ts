import type { Rule } from '../rule';

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
    sql.tokens.forEach(({ upper, kind, offset }, i) => {
      if (kind !== 'word' || !CHANGES.test(upper) || sql.tokens[i - 1]?.text === '.') return;
      const isCall = upper.startsWith('CURRENT_') || sql.tokens[i + 1]?.text === '(';
      const { placeholder = '' } = sql.place(offset);
      const include = /^\$\{\s*(\w+)/.exec(placeholder)?.[1] ?? '';
      if (!isCall || allowed.includes(include)) return;
      report(
        offset,
        `${upper} gives another result in each run; write the newest time of the data, or a hash for an id`,
      );
    });
  },
};
