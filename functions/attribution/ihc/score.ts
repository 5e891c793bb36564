import { hoursBetween, type Journeys } from './journeys';
import type { IhcModel } from './model';
import { emptyPhases, normalise, type Phases, projectEnds, projectHolder } from './phases';

/** The answer per session: its share of each phase, and its credit. */
export interface Scores extends Phases {
  readonly ihc: Float64Array;
}

/**
 * Scores all journeys: per journey, initializer and closer sum to 1, holder to 1 or 0 (nobody
 * held), ihc to 1. The steps are those of the README in this folder's parent.
 */
export function scoreJourneys(journeys: Journeys, model: IhcModel): Scores {
  const scores = {
    ...emptyPhases(journeys.sessionCount),
    ihc: new Float64Array(journeys.sessionCount),
  };
  for (let journey = 0; journey < journeys.journeyCount; journey += 1) {
    const from = journeys.offsets[journey] as number;
    const to = journeys.offsets[journey + 1] as number;
    scorePhases(journeys, model, from, to, scores);
    blend(scores, model, from, to);
  }
  return scores;
}

function scorePhases(
  journeys: Journeys,
  model: IhcModel,
  from: number,
  to: number,
  phases: Phases,
): void {
  if (to - from === 1) {
    phases.initializer[from] = 1;
    phases.holder[from] = 0;
    phases.closer[from] = 1;
    return;
  }
  projectEnds(journeys, model, from, to, phases);
  projectHolder(journeys, from, to, phases);
  const start = lastReset(journeys, model.resetGapHours, from, to);
  phases.initializer.fill(0, from, start);
  phases.holder.fill(0, from, start);
  phases.closer.fill(0, from, start);
  weigh(phases.initializer, model.channelWeights.initializer, journeys.channel, start, to);
  weigh(phases.holder, model.channelWeights.holder, journeys.channel, start, to);
  weigh(phases.closer, model.channelWeights.closer, journeys.channel, start, to);
}

/** The session after the journey's last gap of `resetGapHours` or more; `from` where there is none. */
export function lastReset(
  journeys: Journeys,
  resetGapHours: number,
  from: number,
  to: number,
): number {
  for (let session = to - 1; session > from; session -= 1) {
    if (hoursBetween(journeys.time, session - 1, session) >= resetGapHours) {
      return session;
    }
  }
  return from;
}

/**
 * Step 5: multiplies a phase by its channel weights and brings it to a sum of 1. A phase that the
 * weights would wipe out (all its channels weigh 0) keeps its values, so that phases stay whole.
 */
export function weigh(
  values: Float64Array,
  weights: Float64Array,
  channel: Int32Array,
  from: number,
  to: number,
): void {
  let sum = 0;
  for (let session = from; session < to; session += 1) {
    sum += (values[session] as number) * (weights[channel[session] as number] as number);
  }
  if (sum > 0) {
    for (let session = from; session < to; session += 1) {
      const weighted =
        (values[session] as number) * (weights[channel[session] as number] as number);
      values[session] = weighted / sum;
    }
  } else {
    normalise(values, from, to);
  }
}

/**
 * Step 6: the phases' weighted mean. A phase of sum 0 drops out; where that leaves no weight (only
 * the holder counts, and nobody held), initializer and closer share equally.
 */
export function blend(scores: Scores, model: IhcModel, from: number, to: number): void {
  const { initializer, holder, closer, ihc } = scores;
  let held = 0;
  for (let session = from; session < to; session += 1) {
    held += holder[session] as number;
  }
  const weights = model.phaseWeights;
  const holderWeight = held > 0 ? weights.holder : 0;
  const total = weights.initializer + holderWeight + weights.closer;
  const initializerShare = total > 0 ? weights.initializer / total : 0.5;
  const holderShare = total > 0 ? holderWeight / total : 0;
  const closerShare = total > 0 ? weights.closer / total : 0.5;
  for (let session = from; session < to; session += 1) {
    ihc[session] =
      initializerShare * (initializer[session] as number) +
      holderShare * (holder[session] as number) +
      closerShare * (closer[session] as number);
  }
}
