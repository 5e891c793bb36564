import { UserError } from '../../shared/errors';
import type { ModelCredits, TimedJourneys } from '../models/model-journeys';

/** An experiment: what a channel added while it was switched off for some people or places. */
export interface LiftTest {
  readonly channel: string;
  /** First and last day that conversions were counted, as days since 1970. */
  readonly startDay: number;
  readonly endDay: number;
  /** Conversions that the channel made among `population` persons, and their standard error. */
  readonly incrementalConversions: number;
  readonly standardError: number;
  readonly population: number;
}

/** What one model says, as lift tests can judge it. */
export interface ModelEffects {
  readonly model: string;
  readonly channels: readonly string[];
  /** Conversions that the model credits each channel with, over all days. */
  readonly conversions: Float64Array;
  /** By test: conversions that the model expects the test to find. */
  readonly predicted: Float64Array;
  /** Mean held-out log-loss, for models that predict. */
  readonly heldOutLogLoss?: number;
}

/** What makes a test unusable, as the end of a sentence; undefined where nothing does. */
export function liftTestProblem(test: LiftTest, channels: readonly string[]): string | undefined {
  if (!channels.includes(test.channel)) {
    return 'names a channel that no journey has; spell it as the channel rules do.';
  }
  if (!(test.standardError > 0 && Number.isFinite(test.standardError))) {
    return `has the standard error ${test.standardError}; give one above 0.`;
  }
  if (!Number.isFinite(test.incrementalConversions)) {
    return 'has no number of incremental conversions; give one.';
  }
  if (!(test.population > 0 && Number.isFinite(test.population))) {
    return `has a population of ${test.population}; give its persons.`;
  }
  return test.startDay <= test.endDay ? undefined : 'ends before it starts; swap its days.';
}

/** @throws UserError with one sentence on the first test that cannot be used */
export function checkLiftTests(tests: readonly LiftTest[], channels: readonly string[]): void {
  tests.forEach((test, index) => {
    const problem = liftTestProblem(test, channels);
    if (problem !== undefined) {
      throw new UserError(`Lift test ${index + 1}, of channel "${test.channel}", ${problem}`);
    }
  });
}

/**
 * A model's credits as lift tests see them: what it credits the tested channel with on the test's
 * days, brought to the test's population.
 *
 * @param persons how many persons the journeys stand for, those without touches included
 */
export function modelEffects(
  model: string,
  journeys: TimedJourneys,
  { credit }: ModelCredits,
  tests: readonly LiftTest[],
  persons: number,
  heldOutLogLoss?: number,
): ModelEffects {
  const conversions = new Float64Array(journeys.channels.length);
  const predicted = new Float64Array(tests.length);
  const testsOf = journeys.channels.map((channel) =>
    tests.flatMap((test, index) => (test.channel === channel ? [index] : [])),
  );
  for (let journey = 0; journey < journeys.journeyCount; journey += 1) {
    const weight = journeys.conversions[journey] as number;
    const day = journeys.endDay[journey] as number;
    const to = journeys.offsets[journey + 1] as number;
    for (let touch = journeys.offsets[journey] as number; weight > 0 && touch < to; touch += 1) {
      const channel = journeys.channel[touch] as number;
      const credited = weight * (credit[touch] as number);
      (conversions[channel] as number) += credited;
      for (const index of testsOf[channel] as number[]) {
        const test = tests[index] as LiftTest;
        if (day >= test.startDay && day <= test.endDay) {
          (predicted[index] as number) += (credited * test.population) / persons;
        }
      }
    }
  }
  return {
    model,
    channels: journeys.channels,
    conversions,
    predicted,
    ...(heldOutLogLoss === undefined ? {} : { heldOutLogLoss }),
  };
}
