import { UserError } from '../../../shared/errors';
import type { TimedJourneys } from '../model-journeys';

/**
 * Refuses what no model could use, so that no NaN goes through.
 *
 * @throws UserError with one sentence on the first thing that is wrong
 */
export function checkJourneys(journeys: TimedJourneys): void {
  for (let journey = 0; journey < journeys.journeyCount; journey += 1) {
    const observed = journeys.hoursObserved[journey] as number;
    if (!(observed >= 0 && observed < Number.POSITIVE_INFINITY)) {
      throw new UserError(
        `Journey ${journey} was watched for ${observed} hours; give the hours from its first touch, or the window's start, to its end.`,
      );
    }
    const outcomes =
      (journeys.conversions[journey] as number) + (journeys.nulls[journey] as number);
    if (!(outcomes >= 0 && outcomes < Number.POSITIVE_INFINITY)) {
      throw new UserError(
        `Journey ${journey} has ${outcomes} ends; count its conversions and nulls as 0 or more.`,
      );
    }
    const to = journeys.offsets[journey + 1] as number;
    for (let touch = journeys.offsets[journey] as number; touch < to; touch += 1) {
      const age = journeys.hoursToEnd[touch] as number;
      if (!(age >= 0 && age < Number.POSITIVE_INFINITY)) {
        throw new UserError(
          `Touch ${touch} lies ${age} hours before its journey's end; leave out touches without a time and those after the end.`,
        );
      }
    }
  }
}
