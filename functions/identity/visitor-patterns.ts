import { UserError } from '../shared/errors';
import type { Row } from '../warehouse/warehouse';
import type { Patterns } from './patterns';

/** One comparison of visitors and its levels, by their names. */
export interface VisitorComparison {
  readonly name: string;
  readonly levels: readonly string[];
}

/** Counts of pairs of visitors by how they agree. */
export interface VisitorPatterns {
  readonly comparisons: readonly VisitorComparison[];
  /** Pairs that blocking rules made, and the names of these rules. */
  readonly candidates: Patterns;
  readonly rules: readonly string[];
  /** By pattern of the candidates: 1 where logins prove one person, 0 where two, else -1. */
  readonly known: Int8Array;
  /** Pairs drawn at random. */
  readonly random: Patterns;
}

const LEVEL = 'level_';

/**
 * The rows of int_identity__patterns as typed arrays, in an order of their own: whatever the order
 * of the rows, sums of fractions are the same. Comparisons are the columns that begin with level_;
 * their levels are all names that stand in them.
 *
 * @throws UserError where a count is no whole number from 0
 */
export function readVisitorPatterns(rows: readonly Row[]): VisitorPatterns {
  const names = Object.keys(rows[0] ?? {})
    .filter((column) => column.startsWith(LEVEL))
    .sort();
  const sorted = rows
    .map((row) => ({ row, key: keyOf(row, names) }))
    .sort((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key)))
    .map(({ row }) => row);
  const comparisons = names.map((name) => ({
    name: name.slice(LEVEL.length),
    levels: [...new Set(sorted.flatMap((row) => textOf(row[name]) ?? []))].sort(),
  }));
  const counted = sorted.filter((row) => countOf(row) > 0);
  const candidates = counted.filter((row) => row.pair_source !== 'random');
  return {
    comparisons,
    candidates: patternsOf(candidates, names, comparisons),
    rules: [...new Set(candidates.flatMap((row) => textOf(row.pair_source) ?? []))],
    known: Int8Array.from(candidates, ({ proof }) =>
      proof === 'same' ? 1 : proof === 'different' ? 0 : -1,
    ),
    random: patternsOf(
      counted.filter((row) => row.pair_source === 'random'),
      names,
      comparisons,
    ),
  };
}

function patternsOf(
  rows: readonly Row[],
  names: readonly string[],
  comparisons: readonly VisitorComparison[],
): Patterns {
  return {
    levelCounts: comparisons.map(({ levels }) => levels.length),
    levels: comparisons.map(({ levels }, at) =>
      // A missing value is no level: -1, as indexOf answers.
      Int8Array.from(rows, (row) => levels.indexOf(textOf(row[names[at] ?? '']) ?? '')),
    ),
    rules: Float64Array.from(rows, () => 1),
    counts: Float64Array.from(rows, countOf),
  };
}

function keyOf(row: Row, names: readonly string[]): string {
  return JSON.stringify(['pair_source', 'proof', ...names].map((name) => textOf(row[name]) ?? ''));
}

function textOf(value: Row[string] | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function countOf(row: Row): number {
  const count = Number(row.pair_count);
  if (Number.isSafeInteger(count) && count >= 0) return count;
  throw new UserError(
    `int_identity__patterns: pair_count is ${JSON.stringify(row.pair_count)}; it must be a whole number from 0: run the models anew.`,
  );
}
