import type { BuiltJourneys } from '../build-journeys';
import { type CleaningReport, cleaningCounts, describeCleaning } from '../cleaning';
import type { Journeys } from '../journeys';
import type { IhcParameters } from '../parameters';
import { type Random, seededRandom } from '../random';
import { bootstrapIntervals, type Intervals } from './bootstrap';
import { parametersDocument } from './document';
import { fitParameters } from './fit';
import { checkOptions, type TrainingOptions } from './options';
import { compareHalves, type Disagreement } from './stability';

export interface TrainInput extends BuiltJourneys {
  readonly conversionType: string;
  readonly trainedAt: Date;
  readonly options?: Partial<TrainingOptions>;
  /** Draws the resamples; the same numbers each time unless told. */
  readonly random?: Random;
}

export interface TrainingDiagnostics {
  readonly journey_count: number;
  readonly session_count: number;
  /** Journeys of 3 or more sessions: those that tell most. */
  readonly long_journey_count: number;
  readonly excluded: Readonly<Record<keyof CleaningReport, number>>;
  readonly options: TrainingOptions;
  readonly warnings: readonly string[];
  readonly disagreements: readonly Disagreement[];
  readonly intervals?: Intervals;
}

export type TrainResult =
  | {
      readonly converged: true;
      readonly stopReason: string;
      readonly parameters: IhcParameters;
      readonly diagnostics: TrainingDiagnostics;
    }
  | {
      readonly converged: false;
      /** Why there are no parameters: one sentence. */
      readonly stopReason: string;
      readonly parameters?: undefined;
      readonly diagnostics: TrainingDiagnostics;
    };

/**
 * Trains IHC for one conversion type on cleaned journeys. Deterministic: the same journeys give
 * the same parameters and model_version.
 *
 * @throws UserError for an option out of its range
 */
export function train(input: TrainInput): TrainResult {
  const { journeys, cleaning, conversionType, trainedAt } = input;
  const options = checkOptions(input.options);
  const longJourneyCount = countLongJourneys(journeys);
  const basics = {
    journey_count: journeys.journeyCount,
    session_count: journeys.sessionCount,
    long_journey_count: longJourneyCount,
    excluded: cleaningCounts(cleaning),
    options,
  };
  const refuse = (reason: string): TrainResult => ({
    converged: false,
    stopReason: reason,
    diagnostics: { ...basics, warnings: [], disagreements: [] },
  });
  if (longJourneyCount < options.minimumJourneys) {
    return refuse(
      `Training needs ${options.minimumJourneys} journeys of 3 or more sessions and found ${longJourneyCount}; give more conversions or a longer look-back.`,
    );
  }
  const fit = fitParameters(journeys, options);
  if (typeof fit === 'string') {
    return refuse(`Training stopped: ${fit}; check times and engagement of the sessions.`);
  }
  const stability = compareHalves(journeys, fit, options);
  const intervals = bootstrapIntervals(journeys, fit, options, input.random ?? seededRandom(1));
  const diagnostics: TrainingDiagnostics = {
    ...basics,
    warnings: [
      ...fewJourneys(longJourneyCount, options),
      describeCleaning(cleaning),
      ...stability.warnings,
    ].filter((warning) => warning !== ''),
    disagreements: stability.disagreements,
    ...(intervals === undefined ? {} : { intervals }),
  };
  return {
    converged: true,
    stopReason: 'Every rule found its parameters; the rules need no iteration.',
    parameters: parametersDocument(fit, {
      conversionType,
      trainedAt,
      channels: journeys.channels,
      diagnostics,
    }),
    diagnostics,
  };
}

function fewJourneys(count: number, options: TrainingOptions): string[] {
  return count >= options.comfortableJourneys
    ? []
    : [
        `Only ${count} journeys have 3 or more sessions; below ${options.comfortableJourneys} the parameters, above all the reset, are uncertain.`,
      ];
}

function countLongJourneys({ journeyCount, offsets }: Journeys): number {
  let count = 0;
  for (let journey = 0; journey < journeyCount; journey += 1) {
    if ((offsets[journey + 1] as number) - (offsets[journey] as number) >= 3) {
      count += 1;
    }
  }
  return count;
}
