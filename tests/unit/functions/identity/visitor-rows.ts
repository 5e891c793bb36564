import type { MatchParameters } from '@tributary/functions/identity/parameters';
import type { Row } from '@tributary/functions/warehouse/warehouse';
import { uniform, vectors } from './support';

/** How the pairs of a shop's households agree: u is that of two persons behind one address. */
export const households: MatchParameters = {
  lambda: 0.3,
  comparisons: [
    { m: [0.6, 0.3, 0.1], u: [0.1, 0.3, 0.6] },
    { m: [0.45, 0.05, 0.5], u: [0.04, 0.36, 0.6] },
    { m: [0.99, 0.01], u: [0.8, 0.2] },
    { m: [0.6, 0.3, 0.1], u: [0.2, 0.3, 0.5] },
  ],
};
const names = ['address', 'device', 'language', 'habit'];
const levelName = (at: number, level: number) => `${names[at]?.[0]}${level}`;

/**
 * Rows as int_identity__patterns has them.
 *
 * @param proven the share of pairs whose visitors both signed in
 */
export function visitorRows(pairs: number, proven: number, seed = 3): Row[] {
  const random = uniform(seed);
  const counts = new Map<string, { row: Row; count: number }>();
  const add = (levels: readonly number[], source: string, proof: string, count = 1) => {
    const row: Row = {
      pair_source: source,
      proof,
      ...Object.fromEntries(
        levels.map((level, at) => [`level_${names[at]}`, levelName(at, level)]),
      ),
    };
    const known = counts.get(JSON.stringify(row));
    if (known) known.count += count;
    else counts.set(JSON.stringify(row), { row, count });
  };
  for (const { levels, isMatch } of vectors(households, pairs, random)) {
    const proof = random() < proven ? (isMatch ? 'same' : 'different') : 'unknown';
    add(levels, 'address', proof);
  }
  const strangers = { lambda: 0, comparisons: households.comparisons };
  // Strangers share no address, whatever they share otherwise.
  for (const { levels } of vectors(strangers, pairs / 10, random)) {
    add([2, ...levels.slice(1)], 'random', 'unknown');
  }
  return [...counts.values()].map(({ row, count }) => ({ ...row, pair_count: count }));
}
