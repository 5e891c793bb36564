import type { Rule } from '../rule';

/** Dataform reads .sqlx, .sql, .js, .yaml and .ipynb there, and passes over the rest in silence. */
export const strayFiles: Rule = {
  name: 'stray-files',
  about: 'No .ts and other code below definitions/ that Dataform silently leaves out.',
  bad: 'definitions/costs.ts',
  good: 'definitions/costs.js',
  file({ path }, report) {
    if (/\.([mc]?ts|tsx|jsx|[mc]js|py)$/.test(path)) {
      report(
        0,
        'Dataform does not read this file; write .js or .sqlx, or move it out of definitions/',
      );
    }
  },
};
