/**
 * How many pairs agree how: one entry per pattern of levels and set of rules. Whatever the number of
 * pairs, this is small, and all that training reads.
 */
export interface Patterns {
  /** Levels of each comparison, "else" among them. */
  readonly levelCounts: readonly number[];
  /** By comparison, by pattern: the level, or -1 where it says nothing: mostly, where a side is missing. */
  readonly levels: readonly Int8Array[];
  /** By comparison that is made of others, by pattern: how they agree (made-of.ts). */
  readonly likenesses?: readonly Int16Array[];
  /** By pattern: the rules that made the pairs, as the sum of 2 to the power of their numbers. */
  readonly rules: Float64Array;
  /** By pattern: pairs. */
  readonly counts: Float64Array;
}

/**
 * The pairs that one rule made, without the comparisons that it decides: their levels become -1.
 *
 * @param rule its number
 * @param decided by comparison: whether the rule decides it
 */
export function patternsOfRule(
  patterns: Patterns,
  rule: number,
  decided: readonly boolean[],
): Patterns {
  const bit = 2 ** rule;
  const { levels, likenesses = [], rules, counts } = patterns;
  const places = new Map<string, number>();
  const kept: number[] = [];
  const sums: number[] = [];
  for (let pattern = 0; pattern < counts.length; pattern += 1) {
    if (Math.floor((rules[pattern] ?? 0) / bit) % 2 === 0) continue;
    let key = '';
    for (let at = 0; at < levels.length; at += 1) {
      key += decided[at] ? '' : String.fromCharCode((levels[at]?.[pattern] ?? -1) + 2);
    }
    for (const likeness of likenesses) key += String.fromCharCode(likeness[pattern] ?? 0);
    const place = places.get(key);
    const count = counts[pattern] ?? 0;
    if (place === undefined) {
      places.set(key, kept.length);
      kept.push(pattern);
      sums.push(count);
    } else {
      sums[place] = (sums[place] ?? 0) + count;
    }
  }
  return {
    levelCounts: patterns.levelCounts,
    levels: levels.map((column, at) =>
      Int8Array.from(kept, (pattern) => (decided[at] ? -1 : (column[pattern] ?? -1))),
    ),
    likenesses: likenesses.map((column) =>
      Int16Array.from(kept, (pattern) => column[pattern] ?? 0),
    ),
    rules: Float64Array.from(kept, () => bit),
    counts: Float64Array.from(sums),
  };
}

/** All pairs of the patterns. */
export function pairCount({ counts }: Patterns): number {
  let sum = 0;
  for (const count of counts) sum += count;
  return sum;
}

/** Whether the comparison has a value on both sides of any pair. */
export const isSeen = ({ levels }: Patterns, at: number): boolean =>
  levels[at]?.some((level) => level >= 0) ?? false;
