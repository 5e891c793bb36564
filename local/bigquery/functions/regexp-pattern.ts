import { UnsupportedError } from '../sql/errors';
import { quoteString } from '../sql/names';
import { constantText } from './entry';
import type { FunctionCall } from './mapping';
import { type PatternGroups, readGroups } from './regexp-groups';

/** The constant pattern of a call over STRINGs, as DuckDB's RE2 takes it. */
export function patternOf(
  call: FunctionCall,
  what: string,
): { readonly sql: string; readonly groups: PatternGroups } {
  if (call.argTypes[0]?.kind !== 'STRING')
    throw new UnsupportedError(`${what} of ${call.argTypes[0]?.kind}`);
  const pattern = constantText(call, 1, `${what} with a pattern`);
  return { sql: quoteString(pattern), groups: readGroups(pattern) };
}

/** The pattern of a function that answers the one group, or without one the whole match. */
export function singleGroup(
  call: FunctionCall,
  what: string,
): { readonly sql: string; readonly group: 0 | 1 } {
  const { sql, groups } = patternOf(call, what);
  // GoogleSQL itself rejects two groups, when the query runs.
  if (groups.count > 1) throw new UnsupportedError(`${what} with more than one group`);
  // DuckDB answers an empty text where GoogleSQL answers NULL.
  if (groups.optional)
    throw new UnsupportedError(`${what} with a group that a match may leave out`);
  return { sql, group: groups.count === 1 ? 1 : 0 };
}
