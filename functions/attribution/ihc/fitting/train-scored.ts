import { selectJourneys } from '../journeys';
import type { IhcParameters } from '../parameters';
import { scoreJourneys } from '../score';
import { parametersDocument } from '../training/document';
import { fitScored, type ScoredFit } from './fit-scored';
import type { ScoredJourneys } from './scored-journeys';

export interface ScoredTrainInput extends ScoredJourneys {
  /** By journey: journeys of one conversion, sent in several requests, stay on one side of a test. */
  readonly group: Int32Array;
  readonly conversionType: string;
  readonly trainedAt: Date;
}

/** Absolute errors of ihc on journeys whose answers the fit did not see. */
export interface HeldOutError {
  readonly session_count: number;
  readonly mean: number;
  readonly worst: number;
}

export interface ScoredDiagnostics {
  readonly journey_count: number;
  readonly session_count: number;
  readonly iterations: number;
  /** Decimals of the answers. */
  readonly decimals: number;
  /** Every fifth conversion in turn left out; absent where the rest was too little to fit. */
  readonly held_out?: HeldOutError;
}

export interface ScoredTrainResult {
  /** Absent where the answers do not tell the parameters; `stopReason` says why. */
  readonly parameters?: IhcParameters;
  readonly diagnostics: ScoredDiagnostics;
  readonly converged: boolean;
  readonly stopReason: string;
  /** Sentences on what the parameters should not be trusted with; none where all is well. */
  readonly warnings: readonly string[];
}

/** Mean absolute error of ihc on unseen answers up to which parameters count as found. */
const PRECISION = 0.0002;

const FOLDS = 5;

/** Gets the parameters back from answers of an IHC service, and says how well they do unseen. */
export function trainScored(input: ScoredTrainInput): ScoredTrainResult {
  const { journeys } = input;
  const counts = { journey_count: journeys.journeyCount, session_count: journeys.sessionCount };
  const fitted = fitScored(input);
  if (typeof fitted === 'string') {
    return {
      diagnostics: { ...counts, iterations: 0, decimals: 0 },
      warnings: [],
      converged: false,
      stopReason: `The answers do not tell the parameters: ${fitted}; give answers of more journeys.`,
    };
  }
  const heldOut = heldOutError(input);
  const diagnostics: ScoredDiagnostics = {
    ...counts,
    iterations: fitted.iterations,
    decimals: fitted.decimals,
    ...(heldOut === undefined ? {} : { held_out: heldOut }),
  };
  return {
    parameters: parametersDocument(fitted.fit, {
      conversionType: input.conversionType,
      trainedAt: input.trainedAt,
      channels: journeys.channels,
      diagnostics,
    }),
    diagnostics,
    converged: fitted.converged,
    stopReason: stopReasonOf(fitted),
    warnings: [...fitted.untold, ...imprecision(input, diagnostics)],
  };
}

/** A sentence where unseen answers are not met, with what their own rounding has of it. */
function imprecision({ answers }: ScoredJourneys, diagnostics: ScoredDiagnostics): string[] {
  const { held_out, decimals } = diagnostics;
  if (held_out === undefined) {
    return ['The answers are too few to test the parameters on some of them.'];
  }
  if (held_out.mean <= PRECISION) {
    return [];
  }
  const parts = answers.ihc.filter((value) => value > 0 && value < 1).length;
  // The mean of what rounding takes or gives is a quarter of a unit.
  const rounding = (0.25 / 10 ** decimals) * (parts / answers.ihc.length);
  const cause =
    rounding > PRECISION / 2
      ? `rounding to ${decimals} decimals alone makes ${rounding.toFixed(5)}: give answers with more decimals`
      : 'give answers of more journeys; where the service redistributes value or weighs a channel 0, its parameters are not all found';
  return [
    `The parameters miss unseen answers by ${held_out.mean} in the mean, more than ${PRECISION}; ${cause}.`,
  ];
}

function stopReasonOf({ converged, iterations }: ScoredFit): string {
  return converged
    ? `The weights stood still after ${iterations} steps.`
    : `The weights still moved after ${iterations} steps: some channels hardly meet others; check their weights.`;
}

function heldOutError(input: ScoredTrainInput): HeldOutError | undefined {
  let sum = 0;
  let worst = 0;
  let sessionCount = 0;
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const fitted = fitScored(subset(input, (group) => group % FOLDS !== fold));
    if (typeof fitted === 'string') {
      return undefined;
    }
    const unseen = subset(input, (group) => group % FOLDS === fold);
    const { ihc } = scoreJourneys(unseen.journeys, fitted.fit);
    ihc.forEach((value, session) => {
      const error = Math.abs(value - (unseen.answers.ihc[session] as number));
      sum += error;
      worst = Math.max(worst, error);
    });
    sessionCount += ihc.length;
  }
  const round = (value: number) => Math.round(value * 1e7) / 1e7;
  return { session_count: sessionCount, mean: round(sum / sessionCount), worst: round(worst) };
}

function subset(input: ScoredTrainInput, isIn: (group: number) => boolean): ScoredJourneys {
  const { journeys, answers, group } = input;
  const all = Uint32Array.from(group, (_, journey) => journey);
  const chosen = all.filter((journey) => isIn(group[journey] as number));
  const positions: number[] = [];
  for (const journey of chosen) {
    const to = journeys.offsets[journey + 1] as number;
    for (let session = journeys.offsets[journey] as number; session < to; session += 1) {
      positions.push(session);
    }
  }
  const take = (values: Float64Array) =>
    Float64Array.from(positions, (session) => values[session] as number);
  return {
    journeys: selectJourneys(journeys, chosen),
    answers: {
      initializer: take(answers.initializer),
      holder: take(answers.holder),
      closer: take(answers.closer),
      ihc: take(answers.ihc),
    },
  };
}
