import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ModelJourneys } from '@tributary/functions/attribution/models/model-journeys';
import * as fc from 'fast-check';

/** The file with golden values, or undefined on machines without it. */
export const pathData = [
  join(__dirname, '../../../../../../shared/data/attribution/pathdata.csv.gz'),
].find(existsSync);

export interface TestPath {
  /** Channels in order; none for a journey without touches. */
  readonly touches: readonly string[];
  readonly conversions: number;
  readonly nulls: number;
}

/** A path such as 'a b a' with its counts. */
export function path(touches: string, conversions: number, nulls = 0): TestPath {
  return { touches: touches.split(' ').filter((name) => name !== ''), conversions, nulls };
}

/** Where the touches of each journey begin, and where the last end. */
export function offsetsOf(journeys: readonly { readonly touches: readonly unknown[] }[]) {
  const offsets = new Uint32Array(journeys.length + 1);
  journeys.forEach(({ touches }, index) => {
    offsets[index + 1] = (offsets[index] as number) + touches.length;
  });
  return offsets;
}

export function journeysOf(paths: readonly TestPath[]): ModelJourneys {
  const touches = paths.flatMap((one) => one.touches);
  const channels = [...new Set(touches)];
  return {
    journeyCount: paths.length,
    touchCount: touches.length,
    offsets: offsetsOf(paths),
    channel: Uint16Array.from(touches, (name) => channels.indexOf(name)),
    channels,
    conversions: Float64Array.from(paths, ({ conversions }) => conversions),
    nulls: Float64Array.from(paths, ({ nulls }) => nulls),
  };
}

/** Numbers by channel's name. */
export function byName(
  { channels }: { readonly channels: readonly string[] },
  values: Float64Array,
): Record<string, number> {
  return Object.fromEntries(channels.map((name, code) => [name, values[code] as number]));
}

/** Up to 12 paths over a few channels; at least one of them converts, some have no touch. */
export function somePaths(channels: readonly string[] = ['a', 'b', 'c', 'd']) {
  const onePath = fc.record({
    touches: fc.array(fc.constantFrom(...channels), { maxLength: 7 }),
    conversions: fc.nat({ max: 5 }),
    nulls: fc.nat({ max: 5 }),
  });
  return fc
    .array(onePath, { minLength: 1, maxLength: 12 })
    .map((paths): TestPath[] => [...paths, path(channels[0] as string, 1, 2)]);
}

/** Sum of the credits of each journey with its base share. */
export function sumsByJourney(
  journeys: ModelJourneys,
  credits: { readonly credit: Float64Array; readonly baseShare: Float64Array },
): number[] {
  return Array.from(credits.baseShare, (base, journey) => {
    const touches = credits.credit.subarray(
      journeys.offsets[journey],
      journeys.offsets[journey + 1],
    );
    return touches.reduce((sum, credit) => sum + credit, base);
  });
}
