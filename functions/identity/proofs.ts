import { bitsOf } from './log-odds';

/**
 * What mostly one person alone has, a mailbox, a phone or a number, may be all that two records have in common: a
 * newsletter's know nothing else. EM learns nothing of it then, for its pairs may as well all be chance; and a prior that
 * is one match among all pairs is not that of those who share a mailbox. Of these the share of strangers says it all.
 */

/** The guess counts as so many pairs, for a few whose names differ do not speak for all. */
export const GUESSED_PAIRS = 10;

/** Of so many records with one value and nothing else every second pair is guessed to be of strangers. */
const HALF = 18;

/** By how many records share it at least: the guessed share of strangers, a tenth of two, two thirds of thirty-six. */
export const guessedStrangers = (fewest: readonly number[]): number[] =>
  fewest.map((records) => records / (records + HALF));

/** The bits by which the odds of those who share it are those of `strangers`, by the same. */
export const proofBits = (strangers: readonly number[], prior: number): number[] =>
  strangers.map((share) => bitsOf(1 - share) - prior);
