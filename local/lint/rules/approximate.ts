import type { Rule } from '../rule';
import { findCalls } from './calls';

/** Names of functions that estimate. */
export const ESTIMATES = /^(APPROX_|HLL_COUNT\.|KLL_QUANTILES\.)/;

/** Their results differ from engine to engine, and so can't be tested. */
export const approximate: Rule = {
  name: 'approximate',
  about: 'No HLL_COUNT and APPROX_ functions: their results differ from engine to engine.',
  bad: 'APPROX_COUNT_DISTINCT(visitor_id)',
  good: 'COUNT(DISTINCT visitor_id)',
  text(sql, report) {
    for (const { name, offset } of findCalls(sql)) {
      if (ESTIMATES.test(name)) {
        report(
          offset,
          `${name} is not exact; write COUNT(DISTINCT ...) or another exact aggregate`,
        );
      }
    }
  },
};
