import type { Random } from '@tributary/functions/attribution/ihc/random';
import type { TimedJourneys } from '@tributary/functions/attribution/models/model-journeys';

/** What a generator is told. Each seed draws effects, decays and volumes anew. */
export interface WorldSettings {
  readonly persons: number;
  readonly days: number;
  /** How far unseen intent differs between persons (sigma of its logarithm); 0: all alike. */
  readonly intentSpread: number;
  /** Whether brand search and retargeting reach people by their intent. */
  readonly targeted: boolean;
  /** Whether a person is watched from the window's start, or known from the first touch only. */
  readonly watchedFrom: 'start' | 'first_touch';
}

/** A person's touches in order of time; hours since the window's start. */
export interface PersonTouches {
  readonly intent: number;
  readonly hours: readonly number[];
  readonly channel: readonly number[];
}

/** How a person's story ended: hours since the start, and what each channel caused of it. */
export interface Ending {
  readonly hours: number;
  readonly converted: boolean;
  /** The touch at `hours` is the visit that converts: it is seen, and flagged as converting sets flags. */
  readonly inVisit?: boolean;
  /** Conversions that would not be without the channel, by channel code; absent: none. */
  readonly caused?: Float64Array;
}

/** A generator: what decides how journeys end. `draw` sets up one world and answers its rule. */
export interface Family {
  readonly name: string;
  draw(random: Random, settings: WorldSettings): (person: PersonTouches, random: Random) => Ending;
}

export interface World {
  readonly journeys: TimedJourneys;
  /** Conversions caused, by channel; by removal of one, they need not add up to all. */
  readonly caused: Float64Array;
  /** The same by channel and day. */
  readonly causedByDay: readonly Float64Array[];
  readonly conversionsByDay: Float64Array;
  readonly persons: number;
  readonly firstDay: number;
}

export const CHANNELS = [
  'display',
  'video',
  'social',
  'generic search',
  'affiliate',
  'email',
  'brand search',
  'retargeting',
] as const;

export const FIRST_DAY = 20_000;

/** A normal number (Box and Muller). */
export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

export function exponential(random: Random): number {
  return -Math.log(1 - random());
}

export function between(random: Random, low: number, high: number): number {
  return low + (high - low) * random();
}

/** Channels without effect: two in each world, so that a model can be caught. */
export function drawTraps(random: Random): ReadonlySet<number> {
  const first = Math.floor(random() * CHANNELS.length);
  const second = Math.floor(random() * (CHANNELS.length - 1));
  return new Set([first, second >= first ? second + 1 : second]);
}
