import { placeOf } from '../observation/ranks';

/** Values of a feature in at most 32 bins: bin b holds values above `cuts[b - 1]` up to `cuts[b]`. */
export type Cuts = readonly number[];

const BIN_COUNT = 32;

/** Cuts at the quantiles of the finite values; what is infinite lies above the last. */
export function cutsOf(values: Float64Array): Cuts {
  // Most counts are 0, and most ages of no touch: what is left is little to sort.
  const zeros = values.reduce((count, value) => count + (value === 0 ? 1 : 0), 0);
  const others = values.filter((value) => value !== 0 && Number.isFinite(value)).sort();
  const negative = placeOf(others, 0);
  const length = zeros + others.length;
  const sorted = (place: number): number | undefined =>
    place >= negative && place < negative + zeros
      ? 0
      : others[place < negative ? place : place - zeros];
  const cuts: number[] = [];
  const largest = sorted(length - 1);
  for (let index = 1; index < BIN_COUNT; index += 1) {
    const cut = sorted(Math.floor((index * length) / BIN_COUNT));
    if (cut !== undefined && cut !== cuts.at(-1) && (cut !== largest || length < values.length)) {
      cuts.push(cut);
    }
  }
  const least = sorted(0);
  if (cuts.length === 0 && largest !== undefined && least !== undefined && least !== largest) {
    // Nearly all values are equal: the others still deserve a cut.
    const usual = sorted(length >> 1) as number;
    cuts.push(usual === largest ? least : usual);
  }
  return cuts;
}

export function binOf(cuts: Cuts, value: number): number {
  let low = 0;
  let high = cuts.length;
  // No touch, by count and by age.
  if (high === 0 || value <= (cuts[0] as number)) return 0;
  if (value > (cuts[high - 1] as number)) return high;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value > (cuts[middle] as number)) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

/** Bins of each feature, at most. */
export const SLOTS = BIN_COUNT;

/**
 * Rows of a training: bins column by column, and row by row those that are not the feature's usual
 * bin. Most journeys know few of the channels, so that most features are usual.
 */
export interface BinnedRows {
  readonly rowCount: number;
  readonly columns: readonly Uint8Array[];
  readonly binCounts: readonly number[];
  /** The most frequent bin of each feature. */
  readonly usualBins: Uint8Array;
  /** Row r has the unusual slots `offsets[r]` (included) to `offsets[r + 1]`: feature * SLOTS + bin. */
  readonly offsets: Uint32Array;
  readonly slots: Uint32Array;
}

/** @param features rows of `cuts.length` values, one after the other */
export function binRows(
  features: Float64Array,
  rowCount: number,
  cuts: readonly Cuts[],
): BinnedRows {
  const width = cuts.length;
  const columns = cuts.map(() => new Uint8Array(rowCount));
  const sizes = new Uint32Array(width * SLOTS);
  for (let row = 0, at = 0; row < rowCount; row += 1) {
    for (let feature = 0; feature < width; feature += 1, at += 1) {
      const bin = binOf(cuts[feature] as Cuts, features[at] as number);
      (columns[feature] as Uint8Array)[row] = bin;
      (sizes[feature * SLOTS + bin] as number) += 1;
    }
  }
  const usualBins = Uint8Array.from(cuts, (_, feature) =>
    mostFrequent(sizes.subarray(feature * SLOTS, (feature + 1) * SLOTS)),
  );
  const unusual = usualBins.reduce(
    (sum, bin, feature) => sum + rowCount - (sizes[feature * SLOTS + bin] as number),
    0,
  );
  const offsets = new Uint32Array(rowCount + 1);
  const slots = new Uint32Array(unusual);
  for (let row = 0, at = 0; row < rowCount; row += 1) {
    for (let feature = 0; feature < width; feature += 1) {
      const bin = (columns[feature] as Uint8Array)[row] as number;
      if (bin !== usualBins[feature]) {
        slots[at] = feature * SLOTS + bin;
        at += 1;
      }
    }
    offsets[row + 1] = at;
  }
  const binCounts = cuts.map((featureCuts) => featureCuts.length + 1);
  return { rowCount, columns, binCounts, usualBins, offsets, slots };
}

function mostFrequent(sizes: Uint32Array): number {
  return sizes.indexOf(sizes.reduce((most, size) => Math.max(most, size), 0));
}
