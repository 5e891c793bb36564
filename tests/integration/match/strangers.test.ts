import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseMatchSettings } from '@tributary/functions/identity/settings';
import { matchFile } from '@tributary/local/cli/match/match-file';
import { createProgress } from '@tributary/local/cli/progress';
import { findProject } from '@tributary/local/cli/project';
import { writePersons } from '../../bench/match/persons';
import { scoreClusters } from '../../bench/match/score';

jest.setTimeout(300_000);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tributary-strangers-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const columnsOf = {
  names: { first_name: 'given_name', last_name: 'surname' },
  born: { date_of_birth: 'date_of_birth' },
  mail: { email: 'email' },
  city: { city: 'city' },
  street: { street: 'address' },
};

async function match(records: number, seed: number, columns: object | undefined, doubles: number) {
  let left = doubles;
  const { file, persons } = await writePersons(join(folder, 'all.csv'), records, seed, () =>
    left-- > 0 ? 2 : 1,
  );
  const { clusters } = await matchFile({
    project: findProject(),
    inputs: [file],
    settings: parseMatchSettings({ id: 'id', ...(columns && { columns }) }, 'settings'),
    out: join(folder, 'clusters.csv'),
    pairs: undefined,
    progress: await createProgress({ quiet: true }),
  });
  return { persons: new Set(clusters).size, ...scoreClusters(persons, clusters) };
}

const { names, born, mail, city, street } = columnsOf;

// 5,000 customers without doubles were 1,855 persons, those of 1,000 467: EM took for persons whose mailboxes look
// alike, or whose one name is the other's other name.
test.each([
  [5_000, undefined],
  [1_000, undefined],
  [1_000, { ...names, ...born, ...mail, ...city }],
  [5_000, { ...names, ...mail, ...city }],
  [5_000, { ...names, ...street }],
])('a list of %d strangers has no doubles', async (records, columns) => {
  const { persons } = await match(records, 1, columns, 0);
  expect(records - persons).toBeLessThanOrEqual(records / 1_000);
});

test('a few doubles among strangers are found, and nobody else', async () => {
  const { precision, recall } = await match(3_000, 2, undefined, 30);
  expect(precision).toBeGreaterThan(0.95);
  expect(recall).toBeGreaterThan(0.9);
});
