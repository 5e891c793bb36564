import { ChainCounter } from '@tributary/functions/attribution/models/markov/chain';
import type { ModelJourneys } from '@tributary/functions/attribution/models/model-journeys';
import * as fc from 'fast-check';
import { journeysOf, somePaths } from '../support';

/** Journeys `first` to `end` (excluded), with the channels that were met by then. */
function pieceOf(journeys: ModelJourneys, first: number, end: number): ModelJourneys {
  const { offsets, channel, channels, conversions, nulls } = journeys;
  const from = offsets[first] as number;
  const to = offsets[end] as number;
  const met = new Set(channel.subarray(0, to)).size;
  return {
    journeyCount: end - first,
    touchCount: to - from,
    offsets: offsets.slice(first, end + 1).map((offset) => offset - from),
    channel: channel.slice(from, to),
    channels: channels.slice(0, met),
    conversions: conversions.slice(first, end),
    nulls: nulls.slice(first, end),
  };
}

const letters = [...'abcdefghijklmnopqrstuvwxyz'];
/** Order 4 has more pairs than an array is made for with 16 channels or more. */
const paths = fc.oneof(somePaths(), somePaths(letters));

describe('ChainCounter', () => {
  it.each([1, 2, 3, 4])('counts the same in any pieces, order %i', (order) => {
    fc.assert(
      fc.property(paths, fc.array(fc.nat({ max: 12 }), { maxLength: 4 }), (some, cuts) => {
        const journeys = journeysOf(some);
        const values = journeys.conversions.map((won, journey) => won * (journey + 0.1));
        const whole = new ChainCounter(order);
        whole.add(journeys, values);
        const inPieces = new ChainCounter(order);
        const ends = [...cuts.filter((cut) => cut < some.length), some.length];
        let first = 0;
        for (const end of ends.sort((a, b) => a - b)) {
          inPieces.add(pieceOf(journeys, first, end), values.slice(first, end));
          first = end;
        }
        expect(inPieces.finish()).toEqual(whole.finish());
      }),
      { numRuns: 200 },
    );
  });

  it('refuses channels that come later, when they are too many', () => {
    const counter = new ChainCounter(4);
    const [few, many] = [1000, 2000].map((channels) =>
      journeysOf(
        Array.from({ length: channels }, (_, at) => ({
          touches: [`c${at}`],
          conversions: 1,
          nulls: 0,
        })),
      ),
    ) as [ModelJourneys, ModelJourneys];
    counter.add(few);
    expect(() => counter.add(many)).toThrow(
      '2000 channels are too many for a Markov model of order 4; use a lower order or group channels.',
    );
  });
});
