import { type Random, seededRandom } from '@tributary/functions/attribution/ihc/random';
import type {
  ModelCredits,
  TimedJourneys,
} from '@tributary/functions/attribution/models/model-journeys';
import fc from 'fast-check';
import { offsetsOf } from './support';

export interface TestTouch {
  readonly channel: number;
  /** Hours before the journey's end. */
  readonly age: number;
  readonly holder?: 0 | 1;
  readonly closer?: 0 | 1;
}

export interface TestJourney {
  readonly touches: readonly TestTouch[];
  readonly converted: boolean;
  readonly hoursObserved?: number;
  readonly endDay?: number;
}

export function timedJourneys(
  list: readonly TestJourney[],
  channels: readonly string[] = ['a', 'b', 'c'],
): TimedJourneys {
  const touches = list.flatMap((journey) => journey.touches);
  return {
    journeyCount: list.length,
    touchCount: touches.length,
    offsets: offsetsOf(list),
    channels,
    channel: Uint16Array.from(touches, ({ channel }) => channel),
    conversions: Float64Array.from(list, ({ converted }) => (converted ? 1 : 0)),
    nulls: Float64Array.from(list, ({ converted }) => (converted ? 0 : 1)),
    hoursToEnd: Float64Array.from(touches, ({ age }) => age),
    hoursObserved: Float64Array.from(
      list,
      (journey) => journey.hoursObserved ?? (journey.touches[0]?.age ?? 0) + 1,
    ),
    endDay: Int32Array.from(list, ({ endDay }) => endDay ?? 20_000),
    holder: Uint8Array.from(touches, ({ holder }) => holder ?? 0),
    closer: Uint8Array.from(touches, ({ closer }) => closer ?? 0),
  };
}

/** Effect of a channel's touch: conversions an hour at once, and hours in which that falls to 1/e. */
export interface Effect {
  readonly rate: number;
  readonly tau: number;
}

/** Persons of the additive hazard, watched for `days`; touches of all channels are equally frequent. */
export function hazardJourneys(
  {
    base,
    effects,
    persons,
    days = 60,
    touches = 3,
  }: {
    readonly base: number;
    readonly effects: readonly Effect[];
    readonly persons: number;
    readonly days?: number;
    readonly touches?: number;
  },
  seed = 1,
): TimedJourneys {
  const random = seededRandom(seed);
  const window = days * 24;
  const list = Array.from({ length: persons }, (): TestJourney => {
    const starts = Array.from({ length: Math.floor(random() * 2 * touches + 0.5) }, () => ({
      at: random() * window,
      channel: Math.floor(random() * effects.length),
    })).sort((a, b) => a.at - b.at);
    const event = starts.reduce(
      (first, { at, channel }) => Math.min(first, at + delay(effects[channel] as Effect, random)),
      exponential(random) / base,
    );
    const end = Math.min(event, window);
    return {
      touches: starts
        .filter(({ at }) => at < end)
        .map(({ at, channel }) => ({ channel, age: end - at })),
      converted: event < window,
      hoursObserved: end,
      endDay: 20_000 + Math.floor(Math.min(end, window - 1) / 24),
    };
  });
  return timedJourneys(
    list,
    effects.map((_, channel) => `channel ${channel}`),
  );
}

function exponential(random: Random): number {
  return -Math.log(1 - random());
}

/** Hours until a touch's effect makes its conversion; Infinity: never. */
function delay({ rate, tau }: Effect, random: Random): number {
  const strain = exponential(random) / (rate * tau);
  return strain < 1 ? -tau * Math.log(1 - strain) : Number.POSITIVE_INFINITY;
}

/**
 * Persons of a shop: each touch is a visit, which converts with probability 1 - exp(-(base + effects of
 * it and earlier ones, faded)); `rate` is per visit. The converting visit is the journey's last touch,
 * minutes before its end, and has the flags that converting sets.
 *
 * @param paces how often persons visit, one of these times every ten days; absent: all alike
 * @param wants whether who visits more often converts more by as much
 */
export function visitJourneys(
  {
    base,
    effects,
    persons,
    days = 120,
    paces,
    wants = false,
  }: {
    readonly base: number;
    readonly effects: readonly Effect[];
    readonly persons: number;
    readonly days?: number;
    readonly paces?: readonly number[];
    readonly wants?: boolean;
  },
  seed = 1,
): { readonly journeys: TimedJourneys; readonly caused: readonly number[] } {
  const random = seededRandom(seed);
  const caused = effects.map(() => 0);
  const list = Array.from({ length: persons }, (): TestJourney => {
    const visits: { at: number; channel: number; closer: 0 | 1 }[] = [];
    const parts = effects.map(() => 0);
    const first = random() * days * 12;
    const pace = paces?.[Math.floor(random() * paces.length)] ?? 1;
    for (let at = first; at < days * 24; at += (exponential(random) * 240) / pace) {
      const channel = Math.floor(random() * effects.length);
      visits.push({ at, channel, closer: random() < 0.04 ? 1 : 0 });
      parts.fill(0);
      for (const touch of visits) {
        const { rate, tau } = effects[touch.channel] as Effect;
        (parts[touch.channel] as number) += rate * Math.exp((touch.at - at) / tau);
      }
      const sum = parts.reduce((total, part) => total + part, base);
      if (random() < -Math.expm1(-sum * (wants ? pace : 1))) {
        parts.forEach((part, code) => {
          (caused[code] as number) += part / sum;
        });
        (visits.at(-1) as { closer: 0 | 1 }).closer = 1;
        return watched(visits, first, at + 0.1 + 0.3 * random(), true);
      }
    }
    return watched(visits, first, days * 24, false);
  });
  return {
    journeys: timedJourneys(
      list,
      effects.map((_, channel) => `channel ${channel}`),
    ),
    caused,
  };
}

function watched(
  visits: readonly { readonly at: number; readonly channel: number; readonly closer: 0 | 1 }[],
  first: number,
  end: number,
  converted: boolean,
): TestJourney {
  return {
    touches: visits.map(({ at, channel, closer }) => ({ channel, closer, age: end - at })),
    converted,
    hoursObserved: end - first,
    endDay: 20_000 + Math.floor(end / 24),
  };
}

export const anyJourney: fc.Arbitrary<TestJourney> = fc
  .record({
    touches: fc.array(
      fc.record({
        channel: fc.integer({ min: 0, max: 2 }),
        age: fc.double({ min: 0, max: 3000, noNaN: true }),
        holder: fc.constantFrom<0 | 1>(0, 1),
        closer: fc.constantFrom<0 | 1>(0, 1),
      }),
      { maxLength: 6 },
    ),
    converted: fc.boolean(),
  })
  .map(({ touches, converted }) => ({
    converted,
    touches: touches.sort((a, b) => b.age - a.age),
  }));

/** The promise of `ModelCredits`: converted journeys have a whole, the others nothing; no NaN. */
export function expectWholeCredits(journeys: TimedJourneys, { credit, baseShare }: ModelCredits) {
  let worst = 0;
  for (let journey = 0; journey < journeys.journeyCount; journey += 1) {
    const whole = (journeys.conversions[journey] as number) > 0 ? 1 : 0;
    let sum = baseShare[journey] as number;
    let least = sum;
    const to = journeys.offsets[journey + 1] as number;
    for (let touch = journeys.offsets[journey] as number; touch < to; touch += 1) {
      sum += credit[touch] as number;
      least = Math.min(least, credit[touch] as number);
    }
    worst = Math.max(worst, Math.abs(sum - whole), -least);
  }
  expect(worst).toBeLessThan(1e-12);
}

/** Channel shares of all credit that touches have, by channel code. */
export function channelShares(journeys: TimedJourneys, { credit }: ModelCredits): number[] {
  const sums = journeys.channels.map(() => 0);
  credit.forEach((value, touch) => {
    (sums[journeys.channel[touch] as number] as number) += value;
  });
  const total = sums.reduce((sum, value) => sum + value, 0);
  return sums.map((value) => value / total);
}
