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

test('several unique columns that contradict each other join nobody, whatever the order of records', () => {
  // 0 and 1 share a login and differ in their tax number; 2 has the login and no number.
  const unique = [Int32Array.from([1, 1, 1, -1]), Int32Array.from([5, 6, -1, 6])];
  expect(clusters(4, [], { unique })).toEqual([0, 1, 2, 1]);
  // What is left of the login is for evidence.
  expect(clusters(4, [[0, 2, 4]], { unique })).toEqual([0, 1, 0, 1]);
  // The same of a file that lists each person once, and has a login twice.
  const exclusive = Int32Array.from([0, 0, 1]);
  const login = [Int32Array.from([7, 7, 7])];
  expect(clusters(3, [[1, 2, 4]], { unique: login, exclusive })).toEqual([0, 1, 1]);
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

test('of two partners beyond what a pair may say the better one is taken, wherever it stands', () => {
  const unique = [Int32Array.from([1, 2, -1, -1])];
  const homonymFirst: Edge[] = [
    [0, 2, 24.7],
    [1, 2, 32.4],
  ];
  expect(clusters(4, homonymFirst, { unique })).toEqual([0, 1, 1, 3]);
  const homonymLast = homonymFirst.map(([a, b, weight]): Edge => [1 - a, b, weight]);
  expect(clusters(4, homonymLast, { unique })).toEqual([0, 1, 0, 3]);
  const exclusive = Int32Array.from([0, 0, 1, 1]);
  expect(clusters(4, homonymFirst, { exclusive })).toEqual([0, 1, 1, 3]);
  // Whether clusters merge is still for what pairs may say: 400 bits outvote nobody.
  expect(clusters(4, [...clique([0, 1, 2], 500), [0, 3, 400], [1, 3, -8], [2, 3, -8]])).toEqual([
    0, 0, 0, 3,
  ]);
});

test('a group of 150,000 records is no call of 150,000 arguments', () => {
  const size = 150_000;
  const unique = [Int32Array.from({ length: size + 1 }, (_, at) => (at === 0 ? -1 : 7))];
  const edges = Array.from({ length: size }, (_, at): Edge => [0, at + 1, 8]);
  expect(clusters(size + 1, edges, { unique }).every((label) => label === 0)).toBe(true);
});

const graphs = fc.record({
  recordCount: fc.integer({ min: 2, max: 12 }),
  weights: fc.array(fc.double({ min: -12, max: 12, noNaN: true }), {
    minLength: 66,
    maxLength: 66,
  }),
  logins: fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 12, maxLength: 12 }),
  numbers: fc.array(fc.integer({ min: -3, max: 4 }), { minLength: 12, maxLength: 12 }),
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

test('whatever the order of the records: weights that differ make the same clusters', () => {
  fc.assert(
    fc.property(
      graphs,
      fc.infiniteStream(fc.nat()),
      ({ recordCount, logins, numbers, weights }, order) => {
        // Most of them are beyond what a pair may say. Sines, so that no two means are equal either.
        const distinct = weights.map((weight, at) => weight * 4 + Math.sin(at + 1));
        const records = Array.from({ length: recordCount }, (_, at) => at);
        const edges = clique(records, 0).map(([a, b], at): Edge => [a, b, distinct[at] ?? 0]);
        // Two columns, that often contradict each other.
        const columns = [logins, numbers].map((codes) =>
          records.map((at) => Math.max(-1, codes[at] ?? -1)),
        );
        const found = clusters(recordCount, edges, {
          unique: columns.map((codes) => Int32Array.from(codes)),
        });
        const shuffled = records
          .map((at) => ({ at, key: order.next().value as number }))
          .sort((a, b) => a.key - b.key)
          .map(({ at }) => at);
        const place = (at: number) => shuffled.indexOf(at);
        const again = clusters(
          recordCount,
          edges.map(([a, b, weight]): Edge => [place(a), place(b), weight]),
          {
            unique: columns.map((codes) => Int32Array.from(shuffled, (at) => codes[at] as number)),
          },
        );
        const members = (labels: readonly number[], at: number) =>
          records.filter((other) => labels[other] === labels[at]);
        for (const at of records) {
          expect(
            members(again, place(at))
              .map((other) => shuffled[other])
              .sort(byNumber),
          ).toEqual(members(found, at));
        }
      },
    ),
    { numRuns: 400 },
  );
});

const byNumber = (a = 0, b = 0): number => a - b;
