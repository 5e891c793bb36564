import type { Random } from '@tributary/functions/attribution/ihc/random';
import {
  between,
  CHANNELS,
  exponential,
  normal,
  type PersonTouches,
  type WorldSettings,
} from './world';

/** Touches per 100 days of a person of intent 1, and the power of intent where it is targeted. */
const VOLUMES: readonly { readonly rate: number; readonly power: number }[] = [
  { rate: 0.9, power: 0 },
  { rate: 0.4, power: 0 },
  { rate: 0.6, power: 0 },
  { rate: 0.4, power: 0 },
  { rate: 0.2, power: 0 },
  { rate: 0.5, power: 0.5 },
  { rate: 0.3, power: 1 },
  { rate: 0.8, power: 1 },
];
const RETARGETING = CHANNELS.indexOf('retargeting');

/** Touches of one world's persons: volumes differ by world, intent by person. */
export function touchGenerator(random: Random, settings: WorldSettings) {
  const volumes = VOLUMES.map(({ rate, power }) => ({
    perHour: (rate * between(random, 0.6, 1.6)) / 2400,
    power: settings.targeted ? power : 0,
  }));
  return (person: Random): PersonTouches => {
    const spread = settings.intentSpread;
    const intent = Math.exp(spread * normal(person) - (spread * spread) / 2);
    const touches: { at: number; channel: number }[] = [];
    const end = settings.days * 24;
    const arrive = (channel: number, from: number) => {
      const { perHour, power } = volumes[channel] as { perHour: number; power: number };
      const rate = perHour * intent ** power;
      for (let at = from + exponential(person) / rate; at < end; ) {
        touches.push({ at, channel });
        at += exponential(person) / rate;
      }
    };
    for (let channel = 0; channel < CHANNELS.length; channel += 1) {
      if (channel !== RETARGETING) {
        arrive(channel, 0);
      }
    }
    if (touches.length > 0) {
      // Who has been on the site is followed from then on.
      arrive(RETARGETING, Math.min(...touches.map(({ at }) => at)));
    }
    touches.sort((a, b) => a.at - b.at);
    return {
      intent,
      hours: touches.map(({ at }) => at),
      channel: touches.map(({ channel }) => channel),
    };
  };
}
