import { type PartitionOptions, partition } from '@tributary/functions/identity/partition';
import fc from 'fast-check';

type Edge = readonly [number, number, number];

function clusters(
  recordCount: number,
  edges: readonly Edge[],
  options: Partial<PartitionOptions> = {},
): number[] {
  const pairs = {
    recordCount,
    left: Int32Array.from(edges, ([a]) => a),
    right: Int32Array.from(edges, ([, b]) => b),
    weights: Float64Array.from(edges, ([, , weight]) => weight),
  };
  return [...partition(pairs, { threshold: 0, ...options })];
}

/** All pairs among these records, of one weight. */
const clique = (records: readonly number[], weight: number): Edge[] =>
  records.flatMap((a) => records.filter((b) => b > a).map((b): Edge => [a, b, weight]));

test('pairs from the threshold on join, others do not', () => {
  expect(
    clusters(4, [
      [0, 1, 3],
      [2, 3, -1],
    ]),
  ).toEqual([0, 0, 2, 3]);
  expect(
    clusters(
      4,
      [
        [0, 1, 3],
        [2, 3, 5],
      ],
      { threshold: 4 },
    ),
  ).toEqual([0, 1, 2, 2]);
});

test('one wrong link between two persons is outvoted', () => {
  const edges: Edge[] = [
    ...clique([0, 1, 2, 3], 8),
    ...clique([4, 5, 6, 7], 8),
    [3, 4, 6],
    [2, 4, -8],
    [3, 5, -8],
  ];
  expect(clusters(8, edges)).toEqual([0, 0, 0, 0, 4, 4, 4, 4]);
});

test('a chain of weak links is no person', () => {
  const chain = Array.from({ length: 9 }, (_, at): Edge => [at, at + 1, 0.5]);
  expect(
    Math.max(...clusters(10, chain).map((_, at, all) => all.filter((x) => x === all[at]).length)),
  ).toBe(2);
});

test('a record that one pair denies stays with those who know it', () => {
  expect(clusters(4, [...clique([0, 1, 2], 9), [0, 3, 7], [1, 3, 6], [2, 3, -4]])).toEqual([
    0, 0, 0, 0,
  ]);
});

test('equal unique identifiers are one person, different ones never', () => {
  const unique = [Int32Array.from([1, 2, -1, 1, -1])];
  // 0 and 3 share a login and no pair; 2 goes to the stronger of 0 and 1.
  expect(
    clusters(
      5,
      [
        [0, 1, 10],
        [0, 2, 2],
        [1, 2, 5],
      ],
      { unique },
    ),
  ).toEqual([0, 1, 1, 0, 4]);
});

test('a file that lists each person once has one record in a cluster', () => {
  const exclusive = Int32Array.from([0, 1, 1]);
  expect(
    clusters(
      3,
      [
        [0, 1, 4],
        [0, 2, 6],
      ],
      { exclusive },
    ),
  ).toEqual([0, 1, 0]);
});

const graphs = fc.record({
  recordCount: fc.integer({ min: 2, max: 12 }),
  weights: fc.array(fc.double({ min: -12, max: 12, noNaN: true }), {
    minLength: 66,
    maxLength: 66,
  }),
  logins: fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 12, maxLength: 12 }),
});

test('whatever the weights: no two logins in a cluster, one login in one cluster, order is no matter', () => {
  fc.assert(
    fc.property(graphs, fc.infiniteStream(fc.nat()), ({ recordCount, weights, logins }, order) => {
      const records = Array.from({ length: recordCount }, (_, at) => at);
      const edges = clique(records, 0).map(([a, b], at): Edge => [a, b, weights[at] ?? 0]);
      const codes = Int32Array.from(records, (at) => Math.max(-1, logins[at] ?? -1));
      const found = clusters(recordCount, edges, { unique: [codes] });
      const byLogin = new Map<number, number>();
      const byCluster = new Map<number, number>();
      for (const at of records) {
        const [login, cluster] = [codes[at] as number, found[at] as number];
        expect(cluster).toBeLessThanOrEqual(at);
        if (login < 0) continue;
        expect(byLogin.get(login) ?? cluster).toBe(cluster);
        expect(byCluster.get(cluster) ?? login).toBe(login);
        byLogin.set(login, cluster);
        byCluster.set(cluster, login);
      }
      const shuffled = edges
        .map((edge) => ({ edge, at: order.next().value as number }))
        .sort((a, b) => a.at - b.at)
        .map(({ edge: [a, b, weight], at }): Edge => (at % 2 ? [b, a, weight] : [a, b, weight]));
      expect(clusters(recordCount, shuffled, { unique: [codes] })).toEqual(found);
    }),
    { numRuns: 200 },
  );
});
