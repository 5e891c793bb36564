import type { Journeys } from './journeys';
import { looseName } from './loose-name';
import type { IhcModel } from './model';
import { blend, type Scores } from './score';

export type RedistributionDirection =
  | 'earlier_sessions_only'
  | 'later_sessions_only'
  | 'any_session';

/** How one phase is redistributed. */
export interface RedistributionRule {
  readonly direction: RedistributionDirection;
  /** Sessions with a smaller value in the phase receive nothing; 0 lets all receive. */
  readonly receive_threshold: number;
  /** Channels that give their value away, by names as loose as those of weights. */
  readonly redistribution_channel_labels: readonly string[];
}

export type Redistribution = {
  readonly [Phase in 'initializer' | 'holder' | 'closer']?: RedistributionRule | null | undefined;
};

/**
 * Moves value from giving channels to the other sessions of their journey, phase by phase, in
 * place, and recomputes ihc. Receivers get it in proportion to their own value; where nobody may
 * receive, the giver keeps it. Sums of phases do not change.
 */
export function redistribute(
  journeys: Journeys,
  scores: Scores,
  redistribution: Redistribution,
  model: IhcModel,
): void {
  for (const phase of ['initializer', 'holder', 'closer'] as const) {
    const rule = redistribution[phase];
    if (rule) {
      redistributePhase(journeys, scores[phase], rule);
    }
  }
  for (let journey = 0; journey < journeys.journeyCount; journey += 1) {
    const from = journeys.offsets[journey] as number;
    const to = journeys.offsets[journey + 1] as number;
    blend(scores, model, from, to);
  }
}

function redistributePhase(journeys: Journeys, values: Float64Array, rule: RedistributionRule) {
  const givingLabels = new Set(rule.redistribution_channel_labels.map(looseName));
  const gives = Uint8Array.from(journeys.channels, (channel) =>
    givingLabels.has(looseName(channel)) ? 1 : 0,
  );
  const roles = { gives, channel: journeys.channel, threshold: rule.receive_threshold };
  for (let journey = 0; journey < journeys.journeyCount; journey += 1) {
    const from = journeys.offsets[journey] as number;
    const to = journeys.offsets[journey + 1] as number;
    if (to - from > 1) {
      moveValues(values.subarray(from, to), from, roles, rule.direction);
    }
  }
}

interface Roles {
  /** By channel code. */
  readonly gives: Uint8Array;
  readonly channel: Int32Array;
  readonly threshold: number;
}

/**
 * Linear in the journey's length: a receiver of value v gets v times the sum, over those who may
 * give to it, of given value / all value that this giver's receivers have.
 */
function moveValues(
  values: Float64Array,
  offset: number,
  roles: Roles,
  direction: RedistributionDirection,
): void {
  const size = values.length;
  const original = values.slice();
  const isGiver = (index: number) => roles.gives[roles.channel[offset + index] as number] === 1;
  const receiving = Float64Array.from(original, (value, index) =>
    !isGiver(index) && value >= roles.threshold ? value : 0,
  );
  const before = runningSums(receiving);
  const all = before[size] as number;
  // Value given per value of receiver, by giver.
  const rate = new Float64Array(size);
  for (let index = 0; index < size; index += 1) {
    const base = {
      earlier_sessions_only: before[index] as number,
      later_sessions_only: all - (before[index + 1] as number),
      any_session: all,
    }[direction];
    if (isGiver(index) && base > 1e-12) {
      rate[index] = (original[index] as number) / base;
      values[index] = 0;
    }
  }
  const rates = runningSums(rate);
  const allRates = rates[size] as number;
  for (let index = 0; index < size; index += 1) {
    const received = {
      earlier_sessions_only: allRates - (rates[index + 1] as number),
      later_sessions_only: rates[index] as number,
      any_session: allRates,
    }[direction];
    (values[index] as number) += (receiving[index] as number) * received;
  }
}

/** sums[i] is the sum of the first i values. */
function runningSums(values: Float64Array): Float64Array {
  const sums = new Float64Array(values.length + 1);
  for (let index = 0; index < values.length; index += 1) {
    sums[index + 1] = (sums[index] as number) + (values[index] as number);
  }
  return sums;
}
