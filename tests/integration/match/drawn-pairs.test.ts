import { loadMatchIncludes } from '@tributary/local/cli/match/includes';
import { openMatchWarehouse } from '@tributary/local/cli/match/match-warehouse';
import { findProject } from '@tributary/local/cli/project';

jest.setTimeout(300_000);

// Every second pair was drawn by whether the sum of its numbers is even: neighbours in the file, as which
// doubles often stand, never were. Of a million records half of the matches were learnt of.
test('of more pairs than training reads, doubles side by side or two lists apart are drawn like others', async () => {
  const project = findProject();
  const { queries, recipe } = loadMatchIncludes(project.dir);
  const warehouse = await openMatchWarehouse(project);
  try {
    const pairs = await warehouse.create(
      'compared',
      `SELECT record_no AS left_no, record_no + distance AS right_no, 1 AS rules, distance AS level_surname
FROM UNNEST(GENERATE_ARRAY(1, 20000)) AS record_no, UNNEST([1, 2, 3, 4, 48, 5000, 20000]) AS distance`,
    );
    const places = await warehouse.create(
      'places',
      'SELECT record_no, record_no AS place FROM UNNEST(GENERATE_ARRAY(1, 40000)) AS record_no',
    );
    const ofOne = recipe([{ column: 'surname', kind: 'surname' }]);
    for (const every of [2, 3, 4, 6, 16, 25]) {
      const drawn = await warehouse.query<{ readonly pair_count: number }>(
        queries.patterns(ofOne, queries.sampled(pairs, places, every)),
      );
      expect(drawn).toHaveLength(7);
      for (const { pair_count } of drawn) {
        expect(Math.abs(Number(pair_count) / (20_000 / every) - 1)).toBeLessThan(0.05);
      }
    }
  } finally {
    await warehouse.close();
  }
});
