import type { Rule } from '../rule';

/** Two blocks are pasted together: what the reader sees in one of them may not hold. */
export const oneConfig: Rule = {
  name: 'one-config',
  about: 'A file has one config block.',
  bad: 'config { type: "table" } config { tags: ["daily"] }',
  good: 'config { type: "table", tags: ["daily"] }',
  file({ sqlx, text }, report) {
    for (const { start } of sqlx?.furtherConfigs ?? []) {
      const offset = text.lastIndexOf('config', start);
      report(offset, 'a second config block; write all settings in the first');
    }
  },
};
