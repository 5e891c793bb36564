import { z } from 'zod';
import { UserError } from '../../../shared/errors';

const share = z.number().min(0).max(1);

/** Settings of a training; every default is the rule of spec and README. */
export const trainingOptionsSchema = z.object({
  /** Journeys of 3 or more sessions below which training is refused, and below which it warns. */
  minimumJourneys: z.number().int().min(1).default(200),
  comfortableJourneys: z.number().int().min(1).default(2000),
  /** Largest gaps above this quantile are left out before the reset's quantile is taken. */
  resetFilterQuantile: share.default(0.95),
  resetQuantile: share.default(0.75),
  /** Knots of both curves. */
  knotCount: z.number().int().min(2).max(1001).default(81),
  /** The quantile of hours to conversion at which closer membership reaches 0. */
  closerEndQuantile: share.default(0.91),
  /** How far the initializer curve bends below the straight line to the reset. */
  initializerBend: z.number().min(0).max(1).default(0.3),
  /** Gaps up to so many hours are the same visit, and do not shape the initializer curve. */
  shortGapHours: z.number().min(0).default(0.5),
  /** Shares of initializer and closer up to this do not count towards channel weights. */
  smallShare: share.default(0.02),
  /** Resamples for the intervals; 0 leaves intervals out. */
  bootstrapSamples: z.number().int().min(0).max(10_000).default(0),
  /** Journeys per resample at most; intervals of smaller resamples are scaled to the full size. */
  bootstrapJourneys: z.number().int().min(100).default(2_000),
});

export type TrainingOptions = z.infer<typeof trainingOptionsSchema>;

/** @throws UserError that names the first option that is out of its range */
export function checkOptions(given: Partial<TrainingOptions> = {}): TrainingOptions {
  const result = trainingOptionsSchema.safeParse(given);
  if (!result.success) {
    const issue = result.error.issues[0];
    throw new UserError(`Training option ${issue?.path.join('.')} is wrong: ${issue?.message}.`);
  }
  return result.data;
}
