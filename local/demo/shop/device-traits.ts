import type { Random } from '../random/random';
import type { DeviceModel } from './devices';

/** What tells one device of a model from another, and stays with it. */
export interface DeviceTraits {
  /** In CSS pixels, as the tracker reports it. */
  readonly screen: string;
  /** The browser's user agent at a moment: it changes with each update. */
  userAgentAt(time: number): string;
}

const dayMillis = 86_400_000;

/** How a browser's version moves: a new one every so many days, from a known one on a known day. */
export interface Releases {
  readonly first: number;
  readonly firstDay: string;
  readonly everyDays: number;
  /** Mean days until a device has a new version. */
  readonly lagDays: number;
  /** Share of devices that stay on the version they have. */
  readonly stays: number;
}

/**
 * Draws a device's screen and habit of updating. `random` is a stream of its own, so that traits
 * move nothing else of the shop.
 */
export function makeTraits(model: DeviceModel, random: Random, startsAt: number): DeviceTraits {
  const { screens, releases } = model;
  const screen = screens[random.weighted(screens.map(([, weight]) => weight))]?.[0] ?? '';
  const lag = random.exponential(releases.lagDays) * dayMillis;
  // A phone that is not updated is some versions behind already.
  const stays = random.chance(releases.stays);
  const behind = random.below(4);
  const versionAt = (time: number): number => {
    const age = (time - lag - Date.parse(releases.firstDay)) / (releases.everyDays * dayMillis);
    return Math.max(0, Math.floor(age));
  };
  const kept = Math.max(0, versionAt(startsAt) - behind);
  return {
    screen,
    userAgentAt: (time) => userAgentOf(model, stays ? kept : versionAt(time)),
  };
}

/** Made once for each version: strings that are the same object are compared at once. */
const userAgents = new Map<string, string>();

function userAgentOf({ key, userAgent, releases }: DeviceModel, version: number): string {
  const place = `${key} ${version}`;
  let text = userAgents.get(place);
  if (text === undefined) {
    text = userAgent.replaceAll('#', String(releases.first + version));
    userAgents.set(place, text);
  }
  return text;
}
