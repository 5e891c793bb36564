import { connectedComponents } from '@tributary/functions/identity/components';
import { draws, SEED } from '../../../support/draws';
import { uniform } from './support';

/** Breadth first, over neighbours: another way to the same answer. */
function reference(nodeCount: number, edges: readonly (readonly [number, number])[]): number[] {
  const around = Array.from({ length: nodeCount }, () => [] as number[]);
  for (const [a, b] of edges) {
    around[a]?.push(b);
    around[b]?.push(a);
  }
  const labels = Array.from({ length: nodeCount }, () => -1);
  for (let node = 0; node < nodeCount; node += 1) {
    if (labels[node] !== -1) continue;
    const open = [node];
    labels[node] = node;
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      for (const other of around[next] ?? []) {
        if (labels[other] !== -1) continue;
        labels[other] = node;
        open.push(other);
      }
    }
  }
  return labels;
}

const GRAPHS = draws(100);

test(`connected components of ${GRAPHS} random graphs are those of a breadth-first search`, () => {
  for (let seed = SEED; seed < SEED + GRAPHS; seed += 1) {
    const random = uniform(seed);
    const nodeCount = 1 + Math.floor(200 * random());
    const edgeCount = Math.floor(1.2 * nodeCount * random());
    const edges = Array.from(
      { length: edgeCount },
      () => [Math.floor(nodeCount * random()), Math.floor(nodeCount * random())] as const,
    );
    const found = connectedComponents(
      nodeCount,
      Int32Array.from(edges, ([a]) => a),
      Int32Array.from(edges, ([, b]) => b),
    );
    expect([seed, ...found]).toEqual([seed, ...reference(nodeCount, edges)]);
  }
});

test('a chain of 10,000 records is one component, from whichever end it is read', () => {
  const places = Int32Array.from({ length: 9999 }, (_, place) => 9998 - place);
  const found = connectedComponents(
    10_000,
    places,
    places.map((place) => place + 1),
  );
  expect(new Set(found)).toEqual(new Set([0]));
});
