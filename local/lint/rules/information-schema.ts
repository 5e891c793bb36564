import type { Rule } from '../rule';

export const informationSchema: Rule = {
  name: 'information-schema',
  about: 'No INFORMATION_SCHEMA: what a model does must not depend on what happens to be there.',
  bad: 'SELECT table_name FROM d.INFORMATION_SCHEMA.TABLES',
  good: 'ref("orders") for each table that is meant',
  text({ tokens }, report) {
    for (const { kind, text, offset } of tokens) {
      if (kind !== 'string' && /\bINFORMATION_SCHEMA\b/i.test(text)) {
        report(
          offset,
          'INFORMATION_SCHEMA is not allowed; write ref("...") for each table that is meant',
        );
      }
    }
  },
};
