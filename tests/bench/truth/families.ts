import type { Random } from '@tributary/functions/attribution/ihc/random';
import { between, CHANNELS, drawTraps, exponential, type Family } from './world';

/** Conversions of a person of intent 1 without touches, over the whole window. */
const BASE_PROBABILITY = 0.03;

/**
 * Timing: each touch adds b * exp(-age / tau) to a person's rate of conversion. The first event of
 * all causes is the conversion, so that its cause is known.
 */
export const timing: Family = {
  name: 'timing',
  draw(random, settings) {
    const traps = drawTraps(random);
    const effects = CHANNELS.map((_, channel) => ({
      // Conversions that one touch causes if nothing stops it: b * tau.
      mass: traps.has(channel) ? 0 : between(random, 0.004, 0.04),
      tau: Math.exp(between(random, Math.log(8), Math.log(240))),
    }));
    const baseRate = BASE_PROBABILITY / (settings.days * 24);
    return (person, draws) => {
      let hours = exponential(draws) / (baseRate * person.intent);
      let cause = -1;
      person.hours.forEach((at, touch) => {
        const channel = person.channel[touch] as number;
        const { mass, tau } = effects[channel] as { mass: number; tau: number };
        const strain = exponential(draws);
        const happens = strain < mass ? at - tau * Math.log(1 - strain / mass) : Infinity;
        if (happens < hours) {
          hours = happens;
          cause = channel;
        }
      });
      const end = settings.days * 24;
      if (hours >= end) {
        return { hours: end, converted: false };
      }
      const caused = new Float64Array(CHANNELS.length);
      if (cause >= 0) {
        caused[cause] = 1;
      }
      return { hours, converted: true, caused };
    };
  },
};

/**
 * Sessions, as in a shop: each touch is a visit, and a visit converts with probability 1 - exp(-intent
 * * (base + effects of earlier visits, faded, and its own)). The parts add up, so each channel's share
 * of a conversion is known. The converting visit is a touch of its journey.
 */
export const sessions: Family = {
  name: 'sessions',
  draw(random, settings) {
    const traps = drawTraps(random);
    const effects = CHANNELS.map((_, channel) => ({
      rate: traps.has(channel) ? 0 : between(random, 0.01, 0.12),
      tau: Math.exp(between(random, Math.log(36), Math.log(300))),
    }));
    const base = 0.01;
    return (person, draws) => {
      const parts = new Float64Array(CHANNELS.length);
      for (let visit = 0; visit < person.hours.length; visit += 1) {
        const hours = person.hours[visit] as number;
        parts.fill(0);
        for (let touch = 0; touch <= visit; touch += 1) {
          const channel = person.channel[touch] as number;
          const { rate, tau } = effects[channel] as { rate: number; tau: number };
          const age = hours - (person.hours[touch] as number);
          (parts[channel] as number) += rate * Math.exp(-age / tau);
        }
        const sum = parts.reduce((total, part) => total + part, base);
        if (draws() < -Math.expm1(-person.intent * sum)) {
          return { hours, converted: true, inVisit: true, caused: parts.map((part) => part / sum) };
        }
      }
      return { hours: settings.days * 24, converted: false };
    };
  },
};

/**
 * Exposure as a rate: each channel multiplies the rate of conversion by exp(beta * (1 - exp(-touches
 * / k))), for good. Without the channel the rate would be lower by that factor, so that is the
 * probability with which a conversion would not have happened when it did.
 */
export const exposureRate: Family = {
  name: 'exposure, rate',
  draw(random, settings) {
    const { beta, saturation } = drawExposure(random);
    const end = settings.days * 24;
    const baseRate = BASE_PROBABILITY / end;
    return (person, draws) => {
      const counts = new Float64Array(CHANNELS.length);
      const lifts = new Float64Array(CHANNELS.length);
      let left = exponential(draws) / (baseRate * person.intent);
      let at = 0;
      for (let touch = 0; touch <= person.hours.length; touch += 1) {
        const next = person.hours[touch] ?? end;
        const speed = Math.exp(lifts.reduce((sum, lift) => sum + lift, 0));
        if (left <= (next - at) * speed) {
          const caused = lifts.map((lift) => 1 - Math.exp(-lift));
          return { hours: at + left / speed, converted: true, caused };
        }
        left -= (next - at) * speed;
        at = next;
        const channel = person.channel[touch];
        if (channel !== undefined) {
          counts[channel] = (counts[channel] as number) + 1;
          const filled =
            1 - Math.exp(-(counts[channel] as number) / (saturation[channel] as number));
          lifts[channel] = (beta[channel] as number) * filled;
        }
      }
      return { hours: end, converted: false };
    };
  },
};

/**
 * Exposure with a decision: a person decides once, at a time that has nothing to do with touches;
 * the probability that nobody persuades falls with each channel's touches, with saturation.
 */
export const exposureDecision: Family = {
  name: 'exposure, decision',
  draw(random, settings) {
    const { beta, saturation } = drawExposure(random);
    const persuasion = beta.map((value) => value * 0.12);
    return (person, draws) => {
      const end = between(draws, settings.days * 12, settings.days * 24);
      const luck = draws();
      const converts = (without: number) => {
        const counts = new Float64Array(CHANNELS.length);
        person.channel.forEach((channel, touch) => {
          if (channel !== without && (person.hours[touch] as number) < end) {
            counts[channel] = (counts[channel] as number) + 1;
          }
        });
        let unmoved = 1 - Math.min(0.9, BASE_PROBABILITY * person.intent);
        counts.forEach((count, channel) => {
          const filled = 1 - Math.exp(-count / (saturation[channel] as number));
          unmoved *= 1 - (persuasion[channel] as number) * filled;
        });
        return luck < 1 - unmoved;
      };
      if (!converts(-1)) {
        return { hours: end, converted: false };
      }
      // What a channel caused is what goes when its touches go and luck stays the same.
      const caused = Float64Array.from(CHANNELS, (_, channel) => (converts(channel) ? 0 : 1));
      return { hours: end, converted: true, caused };
    };
  },
};

function drawExposure(random: Random) {
  const traps = drawTraps(random);
  return {
    beta: CHANNELS.map((_, channel) => (traps.has(channel) ? 0 : between(random, 0.3, 1.8))),
    saturation: CHANNELS.map(() => between(random, 0.4, 3)),
  };
}
