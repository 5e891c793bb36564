import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseMatchSettings } from '@tributary/functions/identity/settings';
import { matchFile } from '@tributary/local/cli/match/match-file';
import { createProgress } from '@tributary/local/cli/progress';
import { findProject } from '@tributary/local/cli/project';
import { createRandom } from '../../bench/match/random';
import { misspell } from '../../bench/match/slips';
import { temporaryFolder } from '../../support/temporary-folder';
import { readRows, scoreOf } from './score';

const source = join(__dirname, '../../../../shared/data/identity/dataset4a.csv');
if (!existsSync(source)) {
  console.warn('Skipped: ../shared/data/identity is absent, so there are no persons to copy.');
}
const testWithData = existsSync(source) ? test : test.skip;

jest.setTimeout(300_000);

const folder = temporaryFolder();

/** As FEBRL makes them: up to three copies of a person, each with up to ten slips, which so go together. */
function withCopies(originals: ReturnType<typeof readRows>, seed: number) {
  const random = createRandom(seed);
  const among = (least: number, most: number) => least + Math.floor(random() * (most + 1 - least));
  return originals.flatMap((original, person) => {
    const columns = Object.keys(original).filter((column) => column !== 'rec_id');
    const copies = Array.from({ length: among(0, 3) }, () => {
      const copy = { ...original };
      for (let slips = among(1, 10); slips > 0; slips -= 1) {
        const column = columns[among(0, columns.length - 1)] ?? '';
        const other = originals[among(0, originals.length - 1)] ?? {};
        const value = copy[column] ?? '';
        copy[column] = random() < 0.3 ? (other[column] ?? '') : misspell(value, random);
      }
      return copy;
    });
    return [original, ...copies].map((row, at) => ({
      ...row,
      rec_id: `${person}-${at}`,
    }));
  });
}

testWithData('records with many slips are found: F1 .995 of 1,000 persons', async () => {
  const originals = readRows(source).slice(0, 1000);
  const records = withCopies(originals, 1);
  const columns = Object.keys(originals[0] ?? {});
  const lines = records.map((row) =>
    columns.map((column) => (row as Record<string, string>)[column]).join(','),
  );
  const file = await folder.write('records.csv', [columns.join(','), ...lines, ''].join('\n'));
  const out = folder.path('clusters.csv');
  await matchFile({
    project: findProject(),
    inputs: [file],
    settings: parseMatchSettings({}, 'settings'),
    out,
    pairs: undefined,
    progress: await createProgress({ quiet: true }),
  });
  const truth = new Map(records.map(({ rec_id }) => [rec_id, rec_id.split('-')[0] ?? '']));
  const found = new Map(readRows(out).map((row) => [row.rec_id ?? '', row.cluster_id ?? '']));
  expect(found.size).toBe(records.length);
  expect(scoreOf(truth, found).f1).toBeGreaterThan(0.995);
});
