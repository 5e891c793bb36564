/** Precision, recall and F1 of so many right pairs among those found and those there are. */
export function scoreOfCounts(hits: number, found: number, there: number) {
  const [precision, recall] = [hits / found, hits / there];
  return { precision, recall, f1: (2 * precision * recall) / (precision + recall) };
}

/** The same of pairs within clusters. */
export function scoreClusters(persons: Int32Array, clusters: Int32Array) {
  const pairs = (sizes: Iterable<number>): number => {
    let sum = 0;
    for (const size of sizes) sum += (size * (size - 1)) / 2;
    return sum;
  };
  const sizes = (keyOf: (record: number) => number): number => {
    const counts = new Map<number, number>();
    for (let record = 0; record < persons.length; record += 1) {
      const key = keyOf(record);
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    return pairs(counts.values());
  };
  const count = persons.length + 1;
  const hits = sizes((record) => (clusters[record] ?? 0) * count + (persons[record] ?? 0));
  return scoreOfCounts(
    hits,
    sizes((record) => clusters[record] ?? 0),
    sizes((record) => persons[record] ?? 0),
  );
}
