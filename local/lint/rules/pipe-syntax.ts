import type { Rule } from '../rule';

export const pipeSyntax: Rule = {
  name: 'pipe-syntax',
  about: 'No pipe syntax: one way to write a query.',
  bad: 'FROM orders |> WHERE amount > 0',
  good: 'SELECT order_id FROM orders WHERE amount > 0',
  text({ tokens }, report) {
    tokens.forEach(({ text, offset }, i) => {
      const next = tokens[i + 1];
      if (text === '|' && next?.text === '>' && next.offset === offset + 1) {
        report(offset, '|> is not allowed; write SELECT ... FROM ... WHERE');
      }
    });
  },
};
