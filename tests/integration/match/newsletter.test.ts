import { parseMatchSettings } from '@tributary/functions/identity/settings';
import { matchFile } from '@tributary/local/cli/match/match-file';
import { createProgress } from '@tributary/local/cli/progress';
import { findProject } from '@tributary/local/cli/project';
import { writePersons } from '../../bench/match/persons';
import { temporaryFolder } from '../../support/temporary-folder';
import { readRows } from './score';

// Records of which nothing is known but a mailbox: EM learns nothing of them, and of all pairs hardly any is a match.
jest.setTimeout(300_000);

const folder = temporaryFolder();

const COLUMNS = ['id', 'first_name', 'last_name', 'date_of_birth', 'email'] as const;
type Row = Partial<Record<(typeof COLUMNS)[number], string>>;

/** Customers without doubles, and who of them has a mailbox. */
async function customers(count: number) {
  const file = folder.path('persons.csv');
  await writePersons(file, count, 3, () => 1);
  const rows: Row[] = readRows(file).map((row, at) => ({ ...row, id: `c${at}` }));
  const seen = new Set<string>();
  const readers = rows.filter(({ email = '' }) => {
    const isNew = email !== '' && !seen.has(email);
    seen.add(email);
    return isNew;
  });
  return { rows, readers };
}

/** Cluster by id. */
async function match(rows: readonly Row[]): Promise<ReadonlyMap<string, string>> {
  const lines = rows.map((row) => COLUMNS.map((column) => row[column] ?? '').join(','));
  const file = await folder.write('in.csv', [COLUMNS.join(','), ...lines, ''].join('\n'));
  const out = folder.path('out.csv');
  await matchFile({
    project: findProject(),
    inputs: [file],
    settings: parseMatchSettings({ id: 'id' }, 'settings'),
    out,
    pairs: undefined,
    progress: await createProgress({ quiet: true }),
  });
  return new Map(readRows(out).map(({ id = '', cluster_id = '' }) => [id, cluster_id]));
}

test.each([
  ['the mailbox alone', (_: Row) => ({})],
  ['a first name, too', ({ first_name = '' }: Row) => ({ first_name })],
])('a newsletter that knows %s finds its customers, and hardly anybody else', async (_, known) => {
  const { rows, readers } = await customers(1500);
  const newsletter = readers
    .slice(0, 300)
    .map((row) => ({ ...known(row), id: `n${row.id}`, email: row.email?.toUpperCase() ?? '' }));
  const shared = Array.from({ length: 40 }, (_row, at) => ({
    id: `s${at}`,
    email: 'laden@shop.example',
  }));
  const clusters = await match([...rows, ...newsletter, ...shared]);
  const found = newsletter.filter(({ id }) => clusters.get(id) === clusters.get(id.slice(1)));
  expect(found.length).toBeGreaterThanOrEqual(newsletter.length - 2);
  const joined = clusters.size - new Set(clusters.values()).size;
  expect(joined).toBeLessThanOrEqual(1.02 * newsletter.length);
  // Of forty records with one mailbox and nothing else nobody knows whose they are.
  expect(new Set(shared.map(({ id }) => clusters.get(id))).size).toBe(shared.length);
});

test('a list of mailboxes has as many persons as mailboxes', async () => {
  const { readers } = await customers(60);
  const rows = [...readers, ...readers.slice(0, 10)].map(({ email = '' }, at) => ({
    id: `${at}`,
    email,
  }));
  const clusters = await match(rows);
  expect(new Set(clusters.values()).size).toBe(readers.length);
});
