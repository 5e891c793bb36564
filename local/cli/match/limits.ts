import { UserError } from '@tributary/functions/shared/errors';

/**
 * @param what made the pairs, with its verb: "The new records make"
 * @throws UserError where there are more pairs than the settings allow
 */
export function refuseTooMany(what: string, pairs: number, maxPairs: number, mend: string): void {
  if (pairs <= maxPairs) return;
  throw new UserError(
    `${what} ${pairs.toLocaleString('en')} pairs, more than max_pairs (${maxPairs.toLocaleString('en')}): ${mend}.`,
  );
}

/** Pairs that are weaker matter to no cluster: what is not there counts as a few bits against. */
export const LEAST_WEIGHT = -12;
/** A record with more strong pairs is no person's; it implies nothing. */
export const MAX_DEGREE = 100;
