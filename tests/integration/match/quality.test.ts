import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseMatchSettings } from '@tributary/functions/identity/settings';
import { matchFile } from '@tributary/local/cli/match/match-file';
import { createProgress } from '@tributary/local/cli/progress';
import { findProject } from '@tributary/local/cli/project';
import { readRows, scoreOf, scoreOfPairs } from './score';

const data = join(__dirname, '../../../../shared/data/identity');
if (!existsSync(data)) {
  console.warn('Skipped: ../shared/data/identity is absent, so there are no public records.');
}
const testWithData = existsSync(data) ? test : test.skip;

// Each run starts an analyzer and a warehouse; minutes on a machine that is busy.
jest.setTimeout(300_000);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tributary-quality-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function match(inputs: readonly string[], settings: object) {
  const [out, pairs] = [join(folder, 'clusters.csv'), join(folder, 'pairs.csv')];
  await matchFile({
    project: findProject(),
    inputs: inputs.map((name) => join(data, name)),
    settings: parseMatchSettings(settings, 'settings'),
    out,
    pairs,
    progress: await createProgress({ quiet: true }),
  });
  return { clusters: readRows(out), pairs: readRows(pairs) };
}

testWithData(
  'fake_1000: F1 .96 of pairs and .98 of clusters at 0.5, without settings',
  async () => {
    const { clusters, pairs } = await match(['fake_1000.csv'], {});
    const truth = new Map(
      readRows(join(data, 'fake_1000.csv')).map((row) => [row.unique_id ?? '', row.cluster ?? '']),
    );
    const found = new Map(clusters.map((row) => [row.unique_id ?? '', row.cluster_id ?? '']));
    expect(found.size).toBe(1000);
    expect(scoreOf(truth, found).f1).toBeGreaterThan(0.98);
    expect(scoreOfPairs(truth, pairs, 0.5).f1).toBeGreaterThan(0.96);
  },
);

const columns = {
  given_name: 'given_name',
  surname: 'surname',
  street_number: 'house_number',
  address_1: 'address',
  address_2: 'address',
  suburb: 'city',
  postcode: 'postcode',
  state: 'category',
  date_of_birth: 'date_of_birth',
};

testWithData.each([
  ['with soc_sec_id', {}, 0.999],
  ['without soc_sec_id', { columns }, 0.995],
])('FEBRL 4, two files, %s', async (_, settings, least) => {
  const files = ['dataset4a.csv', 'dataset4b.csv'];
  const { clusters, pairs } = await match(files, settings);
  const truth = new Map(
    readRows(...files.map((name) => join(data, name))).map(({ rec_id = '' }) => [
      rec_id,
      /\d+/.exec(rec_id)?.[0] ?? '',
    ]),
  );
  const found = new Map(clusters.map((row) => [row.rec_id ?? '', row.cluster_id ?? '']));
  expect(found.size).toBe(10_000);
  expect(scoreOf(truth, found).f1).toBeGreaterThan(least);
  expect(scoreOfPairs(truth, pairs, 0.5).f1).toBeGreaterThan(least);
});
