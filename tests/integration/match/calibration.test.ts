import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseMatchSettings } from '@tributary/functions/identity/settings';
import { matchFile } from '@tributary/local/cli/match/match-file';
import { createProgress } from '@tributary/local/cli/progress';
import { findProject } from '@tributary/local/cli/project';
import { calibrationLines, readCalibration } from '../../bench/match/calibration';
import { aboutTen, writePersons } from '../../bench/match/persons';
import { scoreClusters } from '../../bench/match/score';

jest.setTimeout(300_000);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tributary-calibration-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function measure(
  settings: object,
  ...generated: Parameters<typeof writePersons> extends [string, ...infer Rest] ? Rest : never
) {
  const { file, persons } = await writePersons(join(folder, 'all.csv'), ...generated);
  const pairs = join(folder, 'pairs.csv');
  const { clusters } = await matchFile({
    project: findProject(),
    inputs: [file],
    settings: parseMatchSettings(settings, 'settings'),
    out: join(folder, 'clusters.csv'),
    pairs,
    progress: await createProgress({ quiet: true }),
  });
  const deciles = await readCalibration(pairs, persons);
  console.info(calibrationLines(deciles).join('\n'));
  const open = deciles.slice(1, 9);
  const off = open.reduce((sum, one) => sum + Math.abs(one.expected - one.matches), 0);
  return {
    openPairs: open.reduce((sum, one) => sum + one.pairs, 0),
    off,
    ...scoreClusters(persons, clusters),
  };
}

// 116 of 533 pairs that are open were more persons than their probabilities said.
test('probabilities of a file hold, decile by decile', async () => {
  const { off, openPairs, f1 } = await measure({}, 40_000, 5);
  expect(off / openPairs).toBeLessThan(0.19);
  expect(f1).toBeGreaterThan(0.995);
});

// Persons with many records made their own names look common: 7,000 pairs were open, and 346 more or
// fewer of them one person than their probabilities said; now 365 of 3,800.
test('whoever has ten records does not make a rare name look common', async () => {
  const { off, openPairs } = await measure({}, 20_000, 5, aboutTen);
  expect(openPairs).toBeLessThan(5_000);
  expect(off).toBeLessThan(400);
});

// Pairs at 0.8 to 0.9 were one person in one case of nine, F1 was .77: mailboxes are made of names.
test('namesakes with one mailbox are not taken for one person by their names', async () => {
  const columns = { first_name: 'given_name', last_name: 'surname', email: 'email', city: 'city' };
  const { f1 } = await measure({ id: 'id', columns }, 20_000);
  expect(f1).toBeGreaterThan(0.88);
});
