import type { Rule } from '../rule';

export const systemVariables: Rule = {
  name: 'system-variables',
  about: 'No @@variables.',
  bad: "SET @@time_zone = 'Europe/Berlin'",
  good: "DATE(occurred_at, 'Europe/Berlin')",
  text({ tokens }, report) {
    tokens.forEach(({ text, offset }, i) => {
      if (text === '@' && tokens[i + 1]?.text === '@') {
        const name = tokens[i + 2]?.text ?? '';
        report(offset, `@@${name} is not allowed; write its value where it is needed`);
      }
    });
  },
};
