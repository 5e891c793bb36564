import type { Rule } from '../rule';
import { findCalls } from './calls';

/** Names of functions that catch errors. */
export const CATCHES = /^(IFERROR|ISERROR|NULLIFERROR)$/;

/** It hides every error, expected or not, and BigQuery may move the expression out of it. */
export const iferror: Rule = {
  name: 'iferror',
  about: 'No IFERROR, ISERROR, NULLIFERROR: they hide errors that nobody expected.',
  bad: 'IFERROR(CAST(price AS NUMERIC), 0)',
  good: "COALESCE(SAFE_CAST(price AS NUMERIC), NUMERIC '0')",
  text(sql, report) {
    for (const { name, offset } of findCalls(sql)) {
      if (CATCHES.test(name)) {
        report(offset, `${name} hides all errors; write SAFE_CAST, SAFE_DIVIDE or SAFE.function`);
      }
    }
  },
};
