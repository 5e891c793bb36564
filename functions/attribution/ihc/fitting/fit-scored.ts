import type { Curve } from '../curves';
import type { Journeys } from '../journeys';
import { medianInPlace } from '../quantiles';
import type { Fit } from '../training/fit';
import { projectShares } from '../training/shares';
import { endsData, holderData } from './phase-data';
import { fitPhase, type PhaseFit } from './phase-fit';
import { fitPhaseWeights } from './phase-weights';
import { fitReset, risingTo } from './reset';
import { decimalsOf, halfUnit, roundingDeviation } from './rounding';
import { journeyStarts, type ScoredJourneys } from './scored-journeys';
import { weightlessChannels } from './weightless';

export interface ScoredFit {
  readonly fit: Fit;
  readonly converged: boolean;
  readonly iterations: number;
  /** Of the answers. */
  readonly decimals: number;
  /** Sentences on parts that the answers leave open. */
  readonly untold: readonly string[];
}

/**
 * Closer curves are quantiles of hours rounded to 0.1 h: where many journeys share such a value,
 * the curve jumps there.
 */
const CLOSER_JUMPS = Array.from({ length: 10 }, (_, index) => (index + 1) / 10);
const AT_CONVERSION = [{ at: 0, value: 1 }];

/**
 * The parameters behind answers: reset from what was cut off, curves and weights of initializer
 * and closer from shares within journeys, the holder's weights from what is left, phase weights
 * from ihc. A sentence instead where the answers do not tell enough.
 */
export function fitScored(scored: ScoredJourneys): ScoredFit | string {
  const { journeys, answers } = scored;
  const decimals = decimalsOf(answers);
  const smallest = halfUnit(decimals);
  const common = { channelCount: journeys.channels.length, rounding: roundingDeviation(decimals) };
  const { starts, bounds, weightless } = journeyStarts(scored, smallest);
  const lasts = journeys.offsets.slice(1).map((to) => to - 1);
  const withoutCloser = weightlessChannels(journeys, answers.closer, lasts, smallest);
  const gaps = endsData(scored, starts, 'initializer', weightless);
  const weights = fitPhaseWeights(scored);
  if (gaps.value.length === 0 || weights === undefined) {
    return 'no journey has two or more sessions with value, so the curves cannot be found';
  }
  const initializer = fitPhase(gaps, { ...common, jumps: [], pins: [] });
  const reset = bounds === null ? null : fitReset(bounds, initializer.curve);
  const times = endsData(scored, starts, 'closer', withoutCloser);
  const closer = fitPhase(times, { ...common, jumps: CLOSER_JUMPS, pins: AT_CONVERSION });
  const closes = times.known.some(Number.isNaN);
  const curves = {
    resetGapHours: reset ?? Number.POSITIVE_INFINITY,
    initializerCurve: reset === null ? initializer.curve : risingTo(initializer.curve, reset),
    closerCurve: closes ? closer.curve : NEVER_CLOSES,
  };
  const memberships = projectShares(journeys, curves).holder;
  const withoutHolder = weightlessChannels(
    journeys,
    answers.holder,
    holdingSessions(journeys, starts, memberships),
    smallest,
  );
  const held = holderData(scored, starts, memberships, withoutHolder);
  const holder = fitPhase(held, { ...common, jumps: [], pins: [] });
  const phases = [initializer, holder, closer];
  return {
    fit: {
      ...curves,
      phaseWeights: weights.phaseWeights,
      channelWeights: {
        initializer: scaledWeights(initializer, weightless),
        holder: scaledWeights(holder, withoutHolder),
        closer: scaledWeights(closer, withoutCloser),
      },
    },
    converged: phases.every(({ converged }) => converged),
    iterations: Math.max(...phases.map(({ iterations }) => iterations)),
    decimals,
    untold: [...(weights.holderIsTold ? [] : [HOLDER_UNTOLD]), ...(closes ? [] : [CLOSER_UNTOLD])],
  };
}

const NEVER_CLOSES: Curve = { at: Float64Array.of(0), value: Float64Array.of(0) };
const HOLDER_UNTOLD =
  "No journey has holder values, so the holder's weights are not told: journeys that somebody held will be scored with a usual phase weight.";
const CLOSER_UNTOLD =
  'No session but the last of a journey closes, so the closer curve is not told: such sessions will get no closer value.';

/** Of each journey, the session that holds most by the curves; -1 where nobody holds. */
function holdingSessions(
  journeys: Journeys,
  starts: Uint32Array,
  memberships: Float64Array,
): Int32Array {
  return Int32Array.from(starts, (start, journey) => {
    let most = -1;
    for (let session = start; session < (journeys.offsets[journey + 1] as number); session += 1) {
      const value = memberships[session] as number;
      if (value > 0 && (most < 0 || value > (memberships[most] as number))) {
        most = session;
      }
    }
    return most;
  });
}

/** Only ratios of weights show in answers: the median channel gets 1, a weightless one 0. */
function scaledWeights({ logWeights }: PhaseFit, weightless: Uint8Array): Float64Array {
  const weighing = logWeights.filter((_, channel) => weightless[channel] === 0);
  const middle = weighing.length === 0 ? 0 : medianInPlace(weighing);
  return logWeights.map((weight, channel) =>
    weightless[channel] === 1 ? 0 : Math.exp(weight - middle),
  );
}
