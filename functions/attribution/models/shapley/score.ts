import type { ModelCredits, ModelJourneys } from '../model-journeys';
import { creditsOf, weightsByName } from '../touch-credits';
import type { ShapleyParameters } from './train';

/**
 * Credits of single journeys: its distinct channels share in proportion to their Shapley values
 * (values below 0 count as 0; where all are 0 they share equally), and the touches of a channel
 * share what it got equally. In the game of conversions distinct channels share equally: that is
 * what Shapley values of this game come to, journey by journey (Zhao et al. 2018).
 */
export function scoreShapley(journeys: ModelJourneys, parameters: ShapleyParameters): ModelCredits {
  const { game, channels, values } = parameters;
  const known = new Map(channels.map((name, code) => [name, values[code] as number]));
  const weights =
    game === 'conversions'
      ? new Float64Array(journeys.channels.length).fill(1)
      : weightsByName(journeys.channels, known);
  const { channel } = journeys;
  const touchesOf = new Uint32Array(weights.length);
  return creditsOf(journeys, (from, to, credit) => {
    let sum = 0;
    let distinct = 0;
    for (let touch = from; touch < to; touch += 1) {
      const code = channel[touch] as number;
      if (touchesOf[code] === 0) {
        sum += weights[code] as number;
        distinct += 1;
      }
      touchesOf[code] = (touchesOf[code] as number) + 1;
    }
    for (let touch = from; touch < to; touch += 1) {
      const code = channel[touch] as number;
      const share = sum > 0 ? (weights[code] as number) / sum : 1 / distinct;
      credit[touch] = share / (touchesOf[code] as number);
    }
    for (let touch = from; touch < to; touch += 1) touchesOf[channel[touch] as number] = 0;
  });
}
