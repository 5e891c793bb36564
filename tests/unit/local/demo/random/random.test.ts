import { exp, ln } from '@tributary/local/demo/random/exact-math';
import { Random, streams } from '@tributary/local/demo/random/random';

describe('Random', () => {
  it('gives these very numbers, today and on every machine', () => {
    const random = new Random(42, streams.person, 0);
    const first = [random.uint32(), random.uint32(), random.uint32()];
    expect(first).toMatchInlineSnapshot(`
[
  3741218367,
  3777009777,
  2192300076,
]
`);
  });

  it('has a stream of its own for each seed, use and index', () => {
    const firsts = new Set<number>();
    for (const seed of [0, 1, 2 ** 32, 2 ** 53 - 1]) {
      for (const stream of [streams.person, streams.bot]) {
        for (const index of [0, 1, 2]) firsts.add(new Random(seed, stream, index).uint32());
      }
    }
    expect(firsts.size).toBe(24);
  });

  it('draws indices in proportion to their weights, never one without weight', () => {
    const random = new Random(1, streams.person, 1);
    const counts = [0, 0, 0];
    for (let draw = 0; draw < 30_000; draw++) {
      const index = random.weighted([1, 0, 3]);
      counts[index] = (counts[index] ?? 0) + 1;
    }
    expect(counts[1]).toBe(0);
    expect((counts[2] ?? 0) / 30_000).toBeCloseTo(0.75, 1);
  });

  it('has the mean and spread that its distributions promise', () => {
    const random = new Random(3, streams.person, 9);
    const draws = 40_000;
    let normal = 0;
    let square = 0;
    let exponential = 0;
    for (let draw = 0; draw < draws; draw++) {
      const value = random.normal();
      normal += value;
      square += value * value;
      exponential += random.exponential(5);
    }
    expect(normal / draws).toBeCloseTo(0, 1);
    expect(square / draws).toBeCloseTo(1, 1);
    expect(exponential / draws).toBeCloseTo(5, 0);
  });

  it('refuses to pick from nothing', () => {
    expect(() => new Random(1, streams.person, 1).pick([])).toThrow('at least one entry');
  });
});

describe('exact math', () => {
  it.each([-30, -1.5, -0.1, 0, 1e-9, 0.5, 1, 2.25, 20])('exp(%d) equals the engine’s', (x) => {
    expect(Math.abs(exp(x) / Math.exp(x) - 1)).toBeLessThan(1e-13);
  });

  it.each([1e-12, 0.2, 0.75, 1, 1.5, 3, 1e9])('ln(%d) equals the engine’s', (x) => {
    expect(Math.abs(ln(x) - Math.log(x))).toBeLessThan(1e-13 * Math.max(1, Math.abs(Math.log(x))));
  });
});
