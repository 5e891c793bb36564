import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseMatchSettings } from '@tributary/functions/identity/settings';
import { matchFile } from '@tributary/local/cli/match/match-file';
import { createProgress } from '@tributary/local/cli/progress';
import { findProject } from '@tributary/local/cli/project';
import { writePersons } from '../../bench/match/persons';

jest.setTimeout(300_000);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tributary-order-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** By both ids, the smaller one first: the pair's weights as the file has them. */
async function weightsOf(file: string): Promise<Map<string, string>> {
  const pairs = join(folder, 'pairs.csv');
  await matchFile({
    project: findProject(),
    inputs: [file],
    settings: parseMatchSettings({}, 'defaults'),
    out: join(folder, 'clusters.csv'),
    pairs,
    progress: await createProgress({ quiet: true }),
  });
  const [, ...lines] = readFileSync(pairs, 'utf8').trimEnd().split('\n');
  return new Map(
    lines.map((line) => {
      const [left = '', right = '', ...weights] = line.split(',');
      return [[left, right].sort().join(), weights.join()];
    }),
  );
}

// Probabilities of one pair of fake_1000 were .37 apart in another order of the rows: pairs from which chance is
// learnt were drawn by their place in the file.
test.each([300, 1_500])(
  'weights of %d records are the same in any order of rows',
  async (records) => {
    const { file } = await writePersons(join(folder, 'all.csv'), records, 4);
    const [header, ...rows] = readFileSync(file, 'utf8').trimEnd().split('\n');
    const turned = join(folder, 'turned.csv');
    writeFileSync(turned, [header, ...rows.reverse(), ''].join('\n'));
    const weights = await weightsOf(file);
    expect(weights.size).toBeGreaterThan(records / 3);
    expect(await weightsOf(turned)).toEqual(weights);
  },
);
