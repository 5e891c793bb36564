import type { IhcParameters } from '@tributary/functions/attribution/ihc/parameters';
import type { TestSession } from '../unit/functions/attribution/support';

type Weights = IhcParameters['phase_weights'];

/**
 * IHC as its specification reads, on plain arrays, for one journey sorted by time: slow, and
 * written apart from the product so that both can be compared.
 */
export function referenceScores(sessions: readonly TestSession[], parameters: IhcParameters) {
  // Times come in whole microseconds.
  const time = sessions.map(({ hours }) => Math.round((hours ?? 0) * 3.6e9));
  const last = sessions.length - 1;
  const hours = (from: number, to: number) => ((time[to] ?? 0) - (time[from] ?? 0)) / 3.6e9;
  const reset = parameters.reset_gap_hours ?? Number.POSITIVE_INFINITY;
  const { initializer_curve: rising, closer_curve: falling } = parameters;

  const initial = toOne(
    sessions.map((_, k) =>
      k === 0 || hours(k - 1, k) >= reset
        ? 1
        : interpolate(rising.gap_hours, rising.membership, hours(k - 1, k)),
    ),
  );
  const closing = toOne(
    sessions.map((session, k) => {
      if (k !== last && session.closer !== 1) return 0;
      const left = hours(k, last);
      return left === 0 ? 1 : interpolate(falling.hours_to_conversion, falling.membership, left);
    }),
  );
  const holding = toOne(
    sessions.map((session, k) => {
      const a = 1 - (initial[k] ?? 0);
      const b = 1 - (closing[k] ?? 0);
      if (session.holder !== 1 || a + b === 0) return 0;
      return 0.5 * ((a + b) / 2 + (2 * a * b) / (a + b));
    }),
  );

  let start = 0;
  for (let k = 1; k <= last; k += 1) {
    if (hours(k - 1, k) >= reset) start = k;
  }
  const weighted = (values: readonly number[], phase: keyof Weights) =>
    toOne(
      values.map((value, k) =>
        k < start ? 0 : value * (parameters.channel_weights[channelOf(sessions[k])]?.[phase] ?? 1),
      ),
    );
  const initializer = weighted(initial, 'initializer');
  const holder = last === 0 ? [0] : weighted(holding, 'holder');
  const closer = weighted(closing, 'closer');

  const { phase_weights: w } = parameters;
  const isHeld = holder.some((value) => value > 0);
  const total = w.initializer + (isHeld ? w.holder : 0) + w.closer;
  const ihc = sessions.map(
    (_, k) =>
      (w.initializer * (initializer[k] ?? 0) +
        w.holder * (holder[k] ?? 0) +
        w.closer * (closer[k] ?? 0)) /
      total,
  );
  return { initializer, holder, closer, ihc };
}

const channelOf = (session: TestSession | undefined) => session?.channel ?? 'Direct';

function toOne(values: readonly number[]): number[] {
  const sum = values.reduce((total, value) => total + value, 0);
  return values.map((value) => (sum > 0 ? value / sum : 0));
}

function interpolate(at: readonly number[], value: readonly number[], point: number): number {
  const next = at.findIndex((knot) => knot > point);
  if (next === 0) return value[0] ?? 0;
  if (next === -1) return value.at(-1) ?? 0;
  const [x0 = 0, x1 = 0] = [at[next - 1], at[next]];
  const [y0 = 0, y1 = 0] = [value[next - 1], value[next]];
  return y0 + ((point - x0) / (x1 - x0)) * (y1 - y0);
}
