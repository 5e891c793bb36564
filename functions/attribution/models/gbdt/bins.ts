/** Values of a feature in at most 32 bins: bin b holds values above `cuts[b - 1]` up to `cuts[b]`. */
export type Cuts = readonly number[];

const BIN_COUNT = 32;

/** Cuts at the quantiles of the finite values; what is infinite lies above the last. */
export function cutsOf(values: Float64Array): Cuts {
  const sorted = values.filter((value) => Number.isFinite(value)).sort();
  const cuts: number[] = [];
  const largest = sorted.at(-1);
  for (let index = 1; index < BIN_COUNT; index += 1) {
    const cut = sorted[Math.floor((index * sorted.length) / BIN_COUNT)];
    if (
      cut !== undefined &&
      cut !== cuts.at(-1) &&
      (cut !== largest || sorted.length < values.length)
    ) {
      cuts.push(cut);
    }
  }
  if (cuts.length === 0 && largest !== undefined && sorted[0] !== largest) {
    // Nearly all values are equal: the others still deserve a cut.
    const usual = sorted[sorted.length >> 1] as number;
    cuts.push(usual === largest ? (sorted[0] as number) : usual);
  }
  return cuts;
}

export function binOf(cuts: Cuts, value: number): number {
  let low = 0;
  let high = cuts.length;
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
  const columns = cuts.map((featureCuts, feature) => {
    const column = new Uint8Array(rowCount);
    for (let row = 0; row < rowCount; row += 1) {
      column[row] = binOf(featureCuts, features[row * width + feature] as number);
    }
    return column;
  });
  const usualBins = Uint8Array.from(columns, usualBin);
  const offsets = new Uint32Array(rowCount + 1);
  columns.forEach((column, feature) => {
    const usual = usualBins[feature];
    for (let row = 0; row < rowCount; row += 1) {
      if (column[row] !== usual) (offsets[row + 1] as number) += 1;
    }
  });
  for (let row = 0; row < rowCount; row += 1) {
    (offsets[row + 1] as number) += offsets[row] as number;
  }
  const next = offsets.slice(0, rowCount);
  const slots = new Uint32Array(offsets[rowCount] as number);
  columns.forEach((column, feature) => {
    const usual = usualBins[feature];
    for (let row = 0; row < rowCount; row += 1) {
      const bin = column[row] as number;
      if (bin !== usual) {
        const at = next[row] as number;
        slots[at] = feature * SLOTS + bin;
        next[row] = at + 1;
      }
    }
  });
  const binCounts = cuts.map((featureCuts) => featureCuts.length + 1);
  return { rowCount, columns, binCounts, usualBins, offsets, slots };
}

function usualBin(column: Uint8Array): number {
  const counts = new Uint32Array(SLOTS);
  for (const bin of column) (counts[bin] as number) += 1;
  return counts.indexOf(counts.reduce((most, count) => Math.max(most, count), 0));
}
