import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

/** Every third customer lives with the next one: one surname, phone and address. */
function asFamilies(file: string) {
  const [header = '', ...rows] = readFileSync(file, 'utf8').trimEnd().split('\n');
  const columns = header.split(',');
  const isShared = (column: number) =>
    ['last_name', 'phone', 'street', 'postcode', 'city'].includes(columns[column] ?? '');
  const lines = rows.map((row, at) => {
    const before = rows[at - 1]?.split(',');
    if (at % 3 !== 1) return row;
    return row.split(',').map((value, column) => (isShared(column) ? before?.[column] : value));
  });
  writeFileSync(file, [header, ...lines, ''].join('\n'));
}

async function match(
  records: number,
  seed: number,
  columns: object | undefined,
  doubles: number,
  change: (file: string) => void = () => {},
) {
  let left = doubles;
  const { file, persons } = await writePersons(join(folder, 'all.csv'), records, seed, () =>
    left-- > 0 ? 2 : 1,
  );
  change(file);
  const { clusters, learnt } = await matchFile({
    project: findProject(),
    inputs: [file],
    settings: parseMatchSettings({ id: 'id', ...(columns && { columns }) }, 'settings'),
    out: join(folder, 'clusters.csv'),
    pairs: undefined,
    progress: await createProgress({ quiet: true }),
  });
  const { warnings } = learnt.training.diagnostics;
  return { persons: new Set(clusters).size, warnings, ...scoreClusters(persons, clusters) };
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
  const { persons, warnings } = await match(records, 1, columns, 0);
  expect(records - persons).toBeLessThanOrEqual(records / 1_000);
  expect(warnings.join(' ')).toContain('There are no doubles to learn from, or too few');
});

test('mailboxes without names are made of nothing', async () => {
  const columns = { ...mail, ...born, phone: 'phone' };
  const { precision, recall } = await match(1_500, 3, columns, 150);
  expect(precision).toBeGreaterThan(0.95);
  expect(recall).toBeGreaterThan(0.7);
});

test('a few doubles among strangers are found, and nobody else', async () => {
  const { precision, recall } = await match(3_000, 2, undefined, 30);
  expect(precision).toBeGreaterThan(0.95);
  expect(recall).toBeGreaterThan(0.9);
});

// All 1,000 of them were. Who is left has a given name or a date of birth that is alike by chance.
test('families who share a surname, a phone and an address are not one person', async () => {
  const { persons } = await match(3_000, 5, undefined, 0, asFamilies);
  expect(3_000 - persons).toBeLessThan(80);
  const { precision, recall } = await match(3_000, 6, undefined, 60, (file) => asFamilies(file));
  expect(recall).toBeGreaterThan(0.8);
  // One family in fifty has two of one given name.
  expect(precision).toBeGreaterThan(0.55);
});
