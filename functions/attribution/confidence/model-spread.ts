/** Channel shares of one model, and whether it may speak for the spread. */
export interface ModelShares {
  readonly model: string;
  /** Share of all conversions by channel; the base as '(base)'. */
  readonly shares: Readonly<Record<string, number>>;
  /** Whether its held-out fit is better than the base rate's. */
  readonly passes: boolean;
}

export interface ModelSpread {
  readonly channel: string;
  readonly low: number;
  readonly high: number;
  /** Models that the spread is of. */
  readonly models: readonly string[];
}

/**
 * Lowest and highest share of each channel over the models that pass the held-out fit. What data
 * cannot settle shows here, however many data there are.
 */
export function spreadOverModels(models: readonly ModelShares[]): readonly ModelSpread[] {
  const passing = models.filter(({ passes }) => passes);
  const channels = new Set(passing.flatMap(({ shares }) => Object.keys(shares)));
  return [...channels].sort().map((channel) => {
    const values = passing.map(({ shares }) => shares[channel] ?? 0);
    return {
      channel,
      low: Math.min(...values),
      high: Math.max(...values),
      models: passing.map(({ model }) => model),
    };
  });
}
