import { shares } from './em';
import type { MatchParameters } from './parameters';
import type { Patterns } from './patterns';

/**
 * A level that no pair had is known by the first guess alone, of m and of u, and their quotient means nothing. A later
 * record (`match --state`) may have it: it then says no more for one person than being equal does, and what differs
 * altogether says nothing for it.
 *
 * @param seen all patterns that were learnt from
 */
export function holdUnseen(
  parameters: MatchParameters,
  seen: readonly Patterns[],
): MatchParameters {
  const comparisons = parameters.comparisons.map(({ m, u }, at) => {
    const levels = new Set(seen.flatMap((patterns) => [...new Set(patterns.levels[at])]));
    const equal = (m[0] ?? 1) / (u[0] ?? 1);
    const held = m.map((value, level) => {
      if (level === 0 || levels.has(level)) return value;
      const isLast = level === m.length - 1;
      return Math.min(value, (isLast ? Math.min(1, equal) : equal) * (u[level] ?? 1));
    });
    return { m: shares(Float64Array.from(held), [], 0) ?? m, u };
  });
  return { ...parameters, comparisons };
}
