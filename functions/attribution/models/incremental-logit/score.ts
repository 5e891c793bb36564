import type { ModelCredits, TimedJourneys } from '../model-journeys';
import { asAsked } from '../observation/asked-at';
import { intentOf } from '../observation/intent';
import { type ExposureRow, readExposure } from './features';
import type { LogitParameters } from './parameters';

/** Log-odds of one journey: what each channel adds, and all of it together. */
interface JourneyOdds {
  readonly rest: number;
  readonly byChannel: Float64Array;
  readonly sum: number;
}

function oddsReader(journeys: TimedJourneys, parameters: LogitParameters) {
  const known = journeys.channels.map((channel) =>
    Object.hasOwn(parameters.channels, channel) ? parameters.channels[channel] : undefined,
  );
  const byChannel = new Float64Array(known.length);
  const row: ExposureRow = {
    count: new Float64Array(known.length),
    decayed: new Float64Array(known.length),
  };
  const intents =
    parameters.intent === undefined ? undefined : intentOf(journeys, parameters.intent);
  const lowest = parameters.asked_at === 'visits' ? lowestVisit(parameters) : 0;
  const perTouch = parameters.touch_elasticity ?? 0;
  return (journey: number): JourneyOdds => {
    readExposure(journeys, journey, parameters.half_life_hours, row);
    const rest =
      parameters.intercept +
      parameters.observed * Math.log1p(journeys.hoursObserved[journey] as number) +
      parameters.intent_elasticity * Math.log(intents?.[journey] ?? 1);
    let sum = rest;
    known.forEach((channel, code) => {
      const count = row.count[code] as number;
      const added =
        count > 0 && channel !== undefined
          ? channel.exposed +
            channel.log_count * Math.log(count) +
            channel.recency * Math.log1p(row.decayed[code] as number)
          : 0;
      byChannel[code] = added;
      sum += added;
    });
    const to = journeys.offsets[journey + 1] as number;
    const touchCount = to - (journeys.offsets[journey] as number);
    if (touchCount === 0) return { rest, byChannel, sum };
    const last = journeys.channel[to - 1] as number;
    (byChannel[last] as number) -= lowest;
    if (perTouch !== 0) {
      sum += perTouch * Math.log(touchCount);
      row.count.forEach((count, code) => {
        // The visit itself stays, whoever led to it.
        const left = touchCount - count + (code === last ? 1 : 0);
        (byChannel[code] as number) += perTouch * Math.log(touchCount / Math.max(1, left));
      });
    }
    return { rest: rest + lowest, byChannel, sum };
  };
}

/**
 * What the channel whose visits convert least adds to the log-odds of its first visit, where that is
 * below 0. There is no visit without a channel: what a visit's own channel adds is told from that one.
 */
function lowestVisit({ channels }: LogitParameters): number {
  const added = Object.values(channels).map(({ exposed, recency }) => exposed + recency * Math.LN2);
  return Math.min(0, ...added);
}

const probability = (odds: number): number => 1 / (1 + Math.exp(-odds));

/**
 * Credit by leaving one channel out: the fall of the probability without its touches, 0 where it
 * would rise. The base keeps the probability without any touch (all of it where that is higher);
 * the channels share the rest in proportion to their falls, and a channel's touches share in
 * proportion to their decayed weights.
 */
export function score(given: TimedJourneys, parameters: LogitParameters): ModelCredits {
  const journeys = asAsked(given, parameters.asked_at ?? 'ends');
  const oddsOf = oddsReader(journeys, parameters);
  const credit = new Float64Array(journeys.touchCount);
  const baseShare = new Float64Array(journeys.journeyCount);
  const falls = new Float64Array(journeys.channels.length);
  const weights = new Float64Array(journeys.channels.length);
  for (let journey = 0; journey < journeys.journeyCount; journey += 1) {
    if (!((journeys.conversions[journey] as number) > 0)) {
      continue;
    }
    const odds = oddsOf(journey);
    const whole = probability(odds.sum);
    let sum = 0;
    odds.byChannel.forEach((added, code) => {
      falls[code] = Math.max(0, whole - probability(odds.sum - added));
      sum += falls[code] as number;
    });
    const base = sum > 0 && whole > 0 ? Math.min(1, probability(odds.rest) / whole) : 1;
    baseShare[journey] = base;
    if (base < 1) {
      splitWithinChannels(
        journeys,
        journey,
        parameters.half_life_hours,
        weights,
        (code) => {
          return ((1 - base) * (falls[code] as number)) / sum;
        },
        credit,
      );
    }
  }
  return { credit, baseShare };
}

function splitWithinChannels(
  journeys: TimedJourneys,
  journey: number,
  halfLifeHours: number,
  weights: Float64Array,
  shareOf: (channel: number) => number,
  credit: Float64Array,
): void {
  const from = journeys.offsets[journey] as number;
  const to = journeys.offsets[journey + 1] as number;
  weights.fill(0);
  // Ages are taken from the journey's last touch: powers of 2 for old journeys would be 0.
  const newest = journeys.hoursToEnd[to - 1] as number;
  const weightOf = (touch: number) =>
    Math.max(
      Number.MIN_VALUE,
      2 ** ((newest - (journeys.hoursToEnd[touch] as number)) / halfLifeHours),
    );
  for (let touch = from; touch < to; touch += 1) {
    (weights[journeys.channel[touch] as number] as number) += weightOf(touch);
  }
  for (let touch = from; touch < to; touch += 1) {
    const code = journeys.channel[touch] as number;
    credit[touch] = (shareOf(code) * weightOf(touch)) / (weights[code] as number);
  }
}

/** Probability that a journey at the moment it is asked (`askedMoments`) is one that converts. */
export function predict(journeys: TimedJourneys, parameters: LogitParameters): Float64Array {
  const oddsOf = oddsReader(journeys, parameters);
  return Float64Array.from({ length: journeys.journeyCount }, (_, journey) =>
    probability(oddsOf(journey).sum),
  );
}
