import type { Rule } from '../rule';

const KINDS = new Set(['FUNCTION', 'PROCEDURE']);
const BETWEEN = new Set(['OR', 'REPLACE', 'TEMP', 'TEMPORARY', 'AGGREGATE', 'TABLE']);

/** Functions of the project are includes: they are seen where they are used, and tested. */
export const createFunction: Rule = {
  name: 'create-function',
  about: 'No CREATE FUNCTION or PROCEDURE.',
  bad: 'CREATE TEMP FUNCTION half(x INT64) AS (x / 2)',
  good: 'a function in includes/ that returns the SQL',
  text({ tokens }, report) {
    tokens.forEach((token, i) => {
      if (token.upper !== 'CREATE') return;
      let kind = i + 1;
      while (BETWEEN.has(tokens[kind]?.upper ?? '')) kind++;
      const found = tokens[kind]?.upper ?? '';
      if (KINDS.has(found)) {
        report(
          token.offset,
          `CREATE ${found} is not allowed; write a function in includes/ that returns the SQL`,
        );
      }
    });
  },
};
