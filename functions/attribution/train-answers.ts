import { UserError } from '../shared/errors';
import { Dictionary } from './files/growing-columns';
import { type JourneyFile, readJourneyFile } from './files/journeys-file';
import { buildJourneys } from './ihc/build-journeys';
import { wholeJourneys } from './ihc/fitting/check-answers';
import { decimalsOf, halfUnit } from './ihc/fitting/rounding';
import { type ScoredTrainResult, trainScored } from './ihc/fitting/train-scored';
import { type Journeys, selectJourneys } from './ihc/journeys';
import type { IhcParameters } from './ihc/parameters';

const ANSWERS = ['initializer', 'holder', 'closer', 'ihc'] as const;

/**
 * Unseen answers are missed by less than 0.001 where an IHC service gave them. From here on the
 * parameters are not those behind the answers, but for rounding that alone makes half as much.
 */
const MISS_AT_MOST = 0.01;

export interface TrainedOnAnswers {
  readonly parameters: IhcParameters;
  /** Lines for the person who trains. */
  readonly warnings: readonly string[];
}

/**
 * The parameters behind the answers in a file of journeys: columns initializer, holder, closer, ihc.
 * A session that stands twice in a journey counts once.
 *
 * @throws UserError where the file is wrong, its answers are none of an IHC service, or they do not
 * tell the parameters
 */
export async function trainOnAnswers(
  path: string,
  origin: { readonly conversionType: string; readonly trainedAt: Date },
): Promise<TrainedOnAnswers> {
  const file = await readJourneyFile(path, {
    missing: 'refuse',
    numbers: ANSWERS,
    sessionIds: 'hash',
  });
  const all = buildJourneys(file.columns).journeys;
  const decimals = decimalsOf(answersOf(file, all));
  const whole = wholeJourneys({ journeys: all, answers: answersOf(file, all) }, halfUnit(decimals));
  if (typeof whole === 'string') {
    throw new UserError(`${path}: ${whole}.`);
  }
  const journeys = selectJourneys(all, whole);
  const answers = answersOf(file, journeys);
  const result = trainScored({ journeys, answers, group: groupsOf(file, journeys), ...origin });
  if (result.parameters === undefined) {
    throw new UserError(`${path}: ${result.stopReason}`);
  }
  refuseMisses(path, result);
  const incomplete = all.journeyCount - journeys.journeyCount;
  return {
    parameters: result.parameters,
    warnings: [
      ...(incomplete === 0
        ? []
        : [`Warning: Journeys left out because their answers do not sum to 1: ${incomplete}.`]),
      ...linesOf(result),
    ],
  };
}

function answersOf(file: JourneyFile, journeys: Journeys) {
  const answer = (name: (typeof ANSWERS)[number]) => {
    const values = file.numbers.get(name) as Float64Array;
    return Float64Array.from(journeys.row, (row) => values[row] as number);
  };
  return {
    initializer: answer('initializer'),
    holder: answer('holder'),
    closer: answer('closer'),
    ihc: answer('ihc'),
  };
}

/** By journey, a code of its conversion: one may have been sent in several requests. */
function groupsOf(file: JourneyFile, journeys: Journeys): Int32Array {
  const conversions = new Dictionary();
  return Int32Array.from({ length: journeys.journeyCount }, (_, journey) => {
    const row = journeys.row[journeys.offsets[journey] as number] as number;
    const code = file.columns.journey[row] as number;
    return conversions.codeOf(file.conversionIds[code] as string);
  });
}

function refuseMisses(path: string, { diagnostics }: ScoredTrainResult): void {
  const { held_out, decimals } = diagnostics;
  if (held_out !== undefined && held_out.mean > Math.max(MISS_AT_MOST, halfUnit(decimals))) {
    throw new UserError(
      `${path}: the parameters found miss unseen answers by ${held_out.mean} in the mean, so they are not those behind them: give the answers of one IHC service as it gave them, without redistribution, and of more journeys.`,
    );
  }
}

function linesOf(result: ScoredTrainResult): string[] {
  const { held_out } = result.diagnostics;
  return [
    result.converged ? result.stopReason : `Warning: ${result.stopReason}`,
    ...result.warnings.map((warning) => `Warning: ${warning}`),
    ...(held_out === undefined
      ? []
      : [
          `Mean absolute error of ihc on ${held_out.session_count} held-out sessions: ${held_out.mean}, worst ${held_out.worst}.`,
        ]),
  ];
}
