/** Pairs that are weaker matter to no cluster: what is not there counts as a few bits against. */
export const LEAST_WEIGHT = -12;
/** A record with more strong pairs is no person's; it implies nothing. */
export const MAX_DEGREE = 100;
