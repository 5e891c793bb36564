import type { Rule } from '../rule';
import { inConfig } from '../sqlx/source-file';

/** Dataform makes a procedure of everything else, in which BigQuery's errors have no place. */
export const schemaChange: Rule = {
  name: 'schema-change',
  about: 'onSchemaChange is IGNORE, or not said: everything else makes procedures.',
  bad: 'onSchemaChange: "EXTEND"',
  good: 'no onSchemaChange, and --full-refresh after a change of columns',
  action({ onSchemaChange, file }, report) {
    if (onSchemaChange === undefined || onSchemaChange === 'IGNORE') return;
    report(
      inConfig(file, /\bonSchemaChange\b/),
      `onSchemaChange ${onSchemaChange} makes a procedure; take it away and run with --full-refresh after a change`,
    );
  },
};
