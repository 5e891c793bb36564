import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { scoreOfCounts } from '../../bench/match/score';

type Rows = readonly Readonly<Record<string, string>>[];

export function readRows(...files: readonly string[]): Rows {
  return files.flatMap((file) =>
    parse(readFileSync(file, 'utf8'), { columns: true, trim: true }),
  ) as Rows;
}

const pairsOf = (count: number): number => (count * (count - 1)) / 2;

/** Pairwise precision, recall and F1 of clusters, from record -> person and record -> cluster. */
export function scoreOf(truth: ReadonlyMap<string, string>, found: ReadonlyMap<string, string>) {
  const count = (keys: Iterable<string>): number => {
    const sizes = new Map<string, number>();
    for (const key of keys) sizes.set(key, (sizes.get(key) ?? 0) + 1);
    return [...sizes.values()].reduce((sum, size) => sum + pairsOf(size), 0);
  };
  const hits = count([...found].map(([id, cluster]) => `${cluster}|${truth.get(id)}`));
  return scoreOfCounts(hits, count(found.values()), count(truth.values()));
}

/** The same of pairs from a probability on. */
export function scoreOfPairs(truth: ReadonlyMap<string, string>, pairs: Rows, least: number) {
  const chosen = pairs.filter((pair) => Number(pair.match_probability) >= least);
  const hits = chosen.filter(
    ({ id_left = '', id_right = '' }) => truth.get(id_left) === truth.get(id_right),
  ).length;
  const sizes = new Map<string, number>();
  for (const person of truth.values()) sizes.set(person, (sizes.get(person) ?? 0) + 1);
  const all = [...sizes.values()].reduce((sum, size) => sum + pairsOf(size), 0);
  return scoreOfCounts(hits, chosen.length, all);
}
