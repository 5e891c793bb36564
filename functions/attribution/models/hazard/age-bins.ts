/**
 * Ages in bins that widen with age (evenly spaced in log(1 + age / 15 minutes)), so that exp(-age /
 * tau) is read from a table. All of an age's uses go by its bin's middle: 1,024 bins to 120 days are
 * wrong by 0.5% of an age at most, to both sides.
 */
export interface AgeBins {
  readonly count: number;
  /** The age that a bin stands for, in hours; the first bin is age 0. */
  readonly hours: Float64Array;
  readonly binsPerUnit: number;
}

const FINEST_HOURS = 0.25;
const BIN_COUNT = 1024;

export function ageBins(longestHours: number): AgeBins {
  const span = Math.log1p(longestHours / FINEST_HOURS);
  const binsPerUnit = (BIN_COUNT - 1) / Math.max(span, 1e-9);
  const hours = Float64Array.from(
    { length: BIN_COUNT },
    (_, bin) => FINEST_HOURS * Math.expm1(bin / binsPerUnit),
  );
  return { count: BIN_COUNT, hours, binsPerUnit };
}

export function binOf(bins: AgeBins, hours: number): number {
  return Math.round(Math.log1p(hours / FINEST_HOURS) * bins.binsPerUnit);
}
