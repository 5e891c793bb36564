import type { ModelCredits, TimedJourneys } from '../model-journeys';
import { asAsked } from '../observation/asked-at';
import { placeOf } from '../observation/ranks';
import { ensembleShap } from './ensemble-shap';
import {
  CLOSED,
  COUNT,
  channelCodes,
  EARLIER_AGE,
  FEATURES_PER_CHANNEL,
  featureCount,
  HELD,
  LAST_AGE,
  readFeatures,
  readUntouched,
  sharedOf,
} from './features';
import type { GbdtParameters } from './parameters';
import { leafValue } from './tree';

const probability = (odds: number): number => 1 / (1 + Math.exp(-odds));

/**
 * Credit by TreeSHAP. A feature's gain is its Shapley value (log-odds) less that of the same journey
 * without touches; it goes to the touches that the feature speaks of: ages to their touch, counts to
 * the channel's touches, or those that held or closed, equally. Touches below 0 get nothing. With G
 * the sum of the others and f the journey's log-odds, the base keeps p(f - G) / p(f), and the touches
 * share the rest in proportion to their gains.
 */
export function score(given: TimedJourneys, parameters: GbdtParameters): ModelCredits {
  const journeys = asAsked(given, parameters.asked_at ?? 'ends');
  const width = featureCount(parameters.channels.length);
  const codes = channelCodes(journeys.channels, parameters.channels);
  const shared = sharedOf(journeys, parameters.intent);
  const shap = ensembleShap(parameters);
  const shapUntouched = untouchedShap(parameters, width, shap);
  const features = new Float64Array(width);
  const gains = new Float64Array(width);
  const untouched = new Float64Array(width);
  const lowest = parameters.asked_at === 'visits' ? lowestVisit(parameters) : 0;
  const credit = new Float64Array(journeys.touchCount);
  const baseShare = new Float64Array(journeys.journeyCount);
  for (let journey = 0; journey < journeys.journeyCount; journey += 1) {
    if (!((journeys.conversions[journey] as number) > 0)) {
      continue;
    }
    readUntouched(journeys, journey, untouchedShared(shared, journey, parameters), features);
    shapUntouched(features, untouched);
    readFeatures(journeys, journey, codes, shared, features);
    shap(features, gains);
    for (let feature = 0; feature < width; feature += 1) {
      (gains[feature] as number) -= untouched[feature] as number;
    }
    spread(journeys, journey, codes, features, gains, credit);
    const from = journeys.offsets[journey] as number;
    const to = journeys.offsets[journey + 1] as number;
    if (to > from) (credit[to - 1] as number) -= lowest;
    if (parameters.intent === undefined) shareCountGain(credit.subarray(from, to - 1), gains);
    let sum = 0;
    for (let touch = from; touch < to; touch += 1) {
      credit[touch] = Math.max(0, credit[touch] as number);
      sum += credit[touch] as number;
    }
    const odds = oddsOf(features, parameters);
    const base = sum > 0 ? probability(odds - sum) / probability(odds) : 1;
    baseShare[journey] = base;
    for (let touch = from; touch < to; touch += 1) {
      credit[touch] = sum > 0 ? ((1 - base) * (credit[touch] as number)) / sum : 0;
    }
  }
  return { credit, baseShare };
}

/**
 * That there were earlier touches is said of all of them; it goes to each in proportion to what it adds
 * by itself, to all alike where none does.
 */
function shareCountGain(earlier: Float64Array, gains: Float64Array): void {
  const gain = gains.at(-1) as number;
  const own = earlier.reduce((sum, value) => sum + Math.max(0, value), 0);
  for (let touch = 0; touch < earlier.length; touch += 1) {
    const value = Math.max(0, earlier[touch] as number);
    earlier[touch] = own > 0 ? value * (1 + gain / own) : gain / earlier.length;
  }
}

const untouchedShared = (
  shared: Float64Array,
  journey: number,
  { intent }: GbdtParameters,
): number => (intent === undefined ? 1 : (shared[journey] as number));

/**
 * What the channel whose visits convert least adds to the log-odds of its first visit, where that is
 * below 0. There is no visit without a channel: what a visit's own channel adds is told from that one.
 */
function lowestVisit(parameters: GbdtParameters): number {
  const { channels } = parameters;
  const features = new Float64Array(featureCount(channels.length));
  const visit = firstVisits(channels);
  // Of intent as of touches.
  const ones = new Float64Array(channels.length).fill(1);
  const codes = channelCodes(channels, channels);
  const added = channels.map((_, channel) => {
    readUntouched(visit, channel, 1, features);
    const untouched = oddsOf(features, parameters);
    readFeatures(visit, channel, codes, ones, features);
    return oddsOf(features, parameters) - untouched;
  });
  return Math.min(0, ...added);
}

/** A journey of one visit for each channel. */
function firstVisits(channels: readonly string[]): TimedJourneys {
  const count = channels.length;
  return {
    journeyCount: count,
    touchCount: count,
    offsets: Uint32Array.from({ length: count + 1 }, (_, index) => index),
    channel: Uint16Array.from(channels, (_, code) => code),
    channels,
    conversions: new Float64Array(count),
    nulls: new Float64Array(count).fill(1),
    hoursToEnd: new Float64Array(count),
    hoursObserved: new Float64Array(count),
    endDay: new Int32Array(count),
    holder: new Uint8Array(count),
    closer: new Uint8Array(count),
  };
}

type Shap = ReturnType<typeof ensembleShap>;

/**
 * Journeys without touches differ in the features after those of the channels alone, and to the trees
 * in between which of their thresholds these lie: few cases, each worked out once.
 */
function untouchedShap({ trees }: GbdtParameters, width: number, shap: Shap): Shap {
  const thresholds = [width - 2, width - 1].map((feature) => {
    const own = trees.flatMap((tree) =>
      tree.threshold.filter((_, n) => tree.feature[n] === feature),
    );
    return Float64Array.from(new Set(own)).sort();
  });
  const known = new Map<number, Float64Array>();
  return (features, contributions) => {
    const [hours = 0, intent = 0] = thresholds.map((sorted, index) =>
      placeOf(sorted, features[width - 2 + index] as number),
    );
    const key = hours * ((thresholds[1]?.length ?? 0) + 1) + intent;
    const found = known.get(key);
    if (found) contributions.set(found);
    else {
      shap(features, contributions);
      known.set(key, contributions.slice());
    }
  };
}

/** Hands the features' gains to the touches they speak of, into `credit`; log-odds, of both signs. */
function spread(
  journeys: TimedJourneys,
  journey: number,
  codes: Int32Array,
  features: Float64Array,
  gains: Float64Array,
  credit: Float64Array,
): void {
  const from = journeys.offsets[journey] as number;
  const later = new Uint32Array(journeys.channels.length);
  for (let touch = (journeys.offsets[journey + 1] as number) - 1; touch >= from; touch -= 1) {
    const channel = journeys.channel[touch] as number;
    const code = codes[channel] as number;
    if (code < 0) {
      continue;
    }
    const start = code * FEATURES_PER_CHANNEL;
    const count = features[start + COUNT] as number;
    const gain = (feature: number) => gains[start + feature] as number;
    const flagged = (feature: number, isFlagged: number) => {
      const of = features[start + feature] as number;
      return of > 0 ? (isFlagged * gain(feature)) / of : gain(feature) / count;
    };
    let sum =
      gain(COUNT) / count +
      flagged(HELD, journeys.holder[touch] as number) +
      flagged(CLOSED, journeys.closer[touch] as number);
    const rank = later[channel] as number;
    if (rank === 0) {
      sum += gain(LAST_AGE);
    }
    // That there was no earlier touch is said of the only one.
    if (rank === 1 || count === 1) {
      sum += gain(EARLIER_AGE);
    }
    later[channel] = rank + 1;
    credit[touch] = sum;
  }
}

function oddsOf(features: Float64Array, { start, trees }: GbdtParameters): number {
  return trees.reduce((sum, tree) => sum + leafValue(tree, features), start);
}

/** Probability that a journey at the moment it is asked (`askedMoments`) is one that converts. */
export function predict(journeys: TimedJourneys, parameters: GbdtParameters): Float64Array {
  const codes = channelCodes(journeys.channels, parameters.channels);
  const features = new Float64Array(featureCount(parameters.channels.length));
  const shared = sharedOf(journeys, parameters.intent);
  return Float64Array.from({ length: journeys.journeyCount }, (_, journey) => {
    readFeatures(journeys, journey, codes, shared, features);
    return probability(oddsOf(features, parameters));
  });
}
