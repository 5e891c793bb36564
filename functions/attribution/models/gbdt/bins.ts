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

/** Rows of a training: bins column by column. */
export interface BinnedRows {
  readonly rowCount: number;
  readonly columns: readonly Uint8Array[];
  readonly binCounts: readonly number[];
}
