import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { impliedShares, placeBits } from '@tributary/functions/identity/place';
import { parseMatchSettings } from '@tributary/functions/identity/settings';
import { loadMatchIncludes } from '@tributary/local/cli/match/includes';
import { matchFile } from '@tributary/local/cli/match/match-file';
import { openMatchWarehouse } from '@tributary/local/cli/match/match-warehouse';
import { createProgress } from '@tributary/local/cli/progress';
import { findProject } from '@tributary/local/cli/project';
import { writePersons } from '../../bench/match/persons';
import { scoreClusters } from '../../bench/match/score';

jest.setTimeout(300_000);

const level = (name: string) => ({ name, condition: 'FALSE' });
const names = ['surname', 'address', 'postcode', 'city'];
const comparisons = names.map((name) => ({ name, missing: 'FALSE', levels: [level('exact')] }));
const bits = { surname: [8, -4], address: [13, -14], postcode: [10, -16.5], city: [6, -20] };
const log2U = { surname: -9, address: -14, postcode: -10.5, city: -6.1 };
const learnt = Object.entries(bits).map(([comparison, weights]) => ({
  comparison,
  weights,
  log2_u: log2U[comparison as keyof typeof log2U],
}));
const MOVED = 0.25;

interface Scored {
  readonly left_no: number;
  readonly match_weight: number;
  readonly [weight: string]: number;
}

test('street, postcode and town are weighed as one place, as in training; their parts add up', async () => {
  const project = findProject();
  const { weights } = loadMatchIncludes(project.dir);
  const warehouse = await openMatchWarehouse(project);
  // Who shares a postcode shares a town: 5 bits of both are one.
  const together = [0, 0, 0, 0.5, 0, 0, 5, 5.5];
  const { order, implied } = impliedShares(
    {
      lambda: 0.1,
      comparisons: Object.values(log2U).map((u) => ({ m: [1, 0], u: [2 ** u, 1 - 2 ** u] })),
    },
    { members: [1, 2, 3], moved: MOVED, together },
  );
  expect(order).toEqual([1, 2, 3]);
  const place = { names: order.map((at) => names[at] ?? ''), moved: MOVED, implied };
  const levels = [-1, 0, 1];
  const patterns = levels.flatMap((s) =>
    levels.flatMap((a) => levels.flatMap((p) => levels.map((c) => [s, a, p, c]))),
  );
  try {
    const rows = patterns.map((found, at) => {
      const values = names.map((name, index) => `${found[index]} AS level_${name}`);
      return `STRUCT(${at} AS left_no, 100 AS right_no, ${values.join(', ')})`;
    });
    const compared = await warehouse.create('compared', `SELECT * FROM UNNEST([${rows}])`);
    const score = (min_weight?: number) =>
      warehouse.query<Scored>(
        weights.scoredPairs({
          compared,
          weights: weights.comparisonWeights(comparisons, learnt, place),
          prior: -3,
          each: true,
          ...(min_weight !== undefined && { min_weight }),
        }),
      );
    const all = await score();
    expect(all).toHaveLength(81);
    for (const row of all) {
      const [surname = 0, ...parts] = names.map((name, index) => {
        const found = patterns[row.left_no]?.[index] ?? -1;
        return bits[name as keyof typeof bits][found] ?? 0;
      });
      const agreed = [1, 2, 3].reduce(
        (mask, index) => mask + (patterns[row.left_no]?.[index] === 0 ? 2 ** (index - 1) : 0),
        0,
      );
      const sum = parts.reduce((before, one) => before + one, 0) - (together[agreed] ?? 0);
      expect(row.match_weight).toBeCloseTo(-3 + surname + placeBits(sum, MOVED), 9);
      const shown = names.reduce((before, name) => before + (row[`weight_${name}`] ?? 9), -3);
      expect(shown).toBeCloseTo(row.match_weight, 9);
    }
    // Nobody's place says less than that one in four moves.
    expect(Math.min(...all.map(({ match_weight }) => match_weight))).toBeCloseTo(-9, 9);
    // What is left out before it is scored is what can't be strong, and no more.
    const strong = all.filter(({ match_weight }) => match_weight >= 2);
    expect((await score(2)).map(({ left_no }) => left_no).sort()).toEqual(
      strong.map(({ left_no }) => left_no).sort(),
    );
  } finally {
    await warehouse.close();
  }
});

// Of 20,000 persons by these columns 94% of the pairs found were neighbours: who shares a postcode shares a town,
// and EM took that for what makes one person.
test('names, date of birth, postcode and town are enough to tell neighbours from persons', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tributary-places-'));
  try {
    const { file, persons } = await writePersons(join(folder, 'all.csv'), 20_000);
    const columns = {
      first_name: 'given_name',
      last_name: 'surname',
      date_of_birth: 'date_of_birth',
      postcode: 'postcode',
      city: 'city',
    };
    const { clusters, learnt } = await matchFile({
      project: findProject(),
      inputs: [file],
      settings: parseMatchSettings({ id: 'id', columns }, 'settings'),
      out: join(folder, 'clusters.csv'),
      pairs: undefined,
      progress: await createProgress({ quiet: true }),
    });
    expect(learnt.training.parameters.place?.moved).toBeCloseTo(0.24, 1);
    expect(scoreClusters(persons, clusters).f1).toBeGreaterThan(0.95);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
