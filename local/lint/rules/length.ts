import type { Rule } from '../rule';

export const length: Rule = {
  name: 'length',
  about: 'No file is longer than `maximum_lines`.',
  bad: 'a model of 658 lines',
  good: 'two models, or fragments in includes/',
  file({ text, sqlx }, report, { maximum_lines: maximum }) {
    const lines = text.trimEnd().split('\n').length;
    if (!sqlx || maximum === undefined || lines <= maximum) return;
    report(
      0,
      `${lines} lines, ${maximum} are allowed; write two models, or move fragments to includes/`,
    );
  },
};
