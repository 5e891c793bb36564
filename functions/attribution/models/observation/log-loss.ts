/**
 * Mean log-loss in nats, after one shift of all log-odds that makes the predicted conversions as many
 * as there were. Held-out journeys convert more or less often than those of the training by the
 * length of the two periods alone; the shift takes that out, and leaves what tells journeys apart.
 * The loss of the base rate is that of equal probabilities.
 */
export function centredLogLoss(
  probabilities: Float64Array,
  conversions: Float64Array,
): { readonly logLoss: number; readonly shift: number } {
  const odds = probabilities.map((probability) => {
    const bounded = Math.min(1 - 1e-12, Math.max(1e-12, probability));
    return Math.log(bounded / (1 - bounded));
  });
  const outcomes = conversions.map((count) => (count > 0 ? 1 : 0));
  const converted = outcomes.reduce((sum, outcome) => sum + outcome, 0);
  if (converted === 0 || converted === outcomes.length) {
    return { logLoss: 0, shift: 0 };
  }
  const shift = centringShift(odds, converted);
  const loss = odds.reduce((sum, value, index) => {
    const shifted = value + shift;
    const cost = Math.max(0, shifted) + Math.log1p(Math.exp(-Math.abs(shifted)));
    return sum + cost - (outcomes[index] as number) * shifted;
  }, 0);
  return { logLoss: loss / odds.length, shift };
}

/** Log-odds of the weighted mean outcome, with half a row more of each kind: never infinite. */
export function meanLogOdds(outcomes: Float64Array, weights: Float64Array): number {
  let positive = 0.5;
  let negative = 0.5;
  outcomes.forEach((outcome, row) => {
    positive += outcome * (weights[row] as number);
    negative += (1 - outcome) * (weights[row] as number);
  });
  return Math.log(positive / negative);
}

/**
 * The number which, added to all log-odds, makes their probabilities add up to `sum`: Newton's steps,
 * halving the bracket where one would leave it.
 */
export function centringShift(odds: Float64Array, sum: number): number {
  let low = -200;
  let high = 200;
  let shift = 0;
  for (let turn = 0; turn < 100; turn += 1) {
    let excess = -sum;
    let slope = 0;
    for (const value of odds) {
      const probability = 1 / (1 + Math.exp(-value - shift));
      excess += probability;
      slope += probability * (1 - probability);
    }
    if (excess > 0) {
      high = shift;
    } else {
      low = shift;
    }
    const next = shift - excess / slope;
    const step = (next > low && next < high ? next : (low + high) / 2) - shift;
    shift += step;
    if (Math.abs(step) < 1e-10) {
      break;
    }
  }
  return shift;
}
