import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runMatch } from '@tributary/local/cli/match/run-match';

let folder: string;
let input: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'run-match-'));
  input = join(folder, 'people.csv');
  writeFileSync(input, 'id,surname\n1,adler\n2,falk\n');
});
afterEach(() => rmSync(folder, { recursive: true }));

test('no answer takes the place of the records or of the other answer', async () => {
  const twice = 'is named twice: give what is written a file of its own';
  const again = join(folder, '.', 'people.csv');
  await expect(runMatch({ input: [input], out: again })).rejects.toThrow(twice);
  await expect(runMatch({ input: [input], pairs: again })).rejects.toThrow(twice);
  const out = join(folder, 'out.csv');
  await expect(runMatch({ input: [input], out, pairs: out })).rejects.toThrow(twice);
});

test('what is wrong with a state is said of the state', async () => {
  const state = join(folder, 'state');
  mkdirSync(state);
  writeFileSync(join(state, 'notes.txt'), 'mine');
  await expect(runMatch({ input: [input], state, quiet: true })).rejects.toThrow(
    `${state} is not empty and holds no state of match: name a new or an empty folder.`,
  );
  writeFileSync(join(state, 'warehouse.json'), '{"format": 0}');
  await expect(runMatch({ input: [input], state, quiet: true })).rejects.toThrow(
    /^The state .* has the older format 0, .*: name another folder with --state and match all records anew\.$/,
  );
});

test('files are compared with each other only where there are two', async () => {
  const settings = join(folder, 'settings.json');
  writeFileSync(settings, '{"compare": "between_files"}');
  await expect(runMatch({ input: [input], settings })).rejects.toThrow('give --input twice');
  const folderOfFile = join(input, 'state');
  await expect(runMatch({ input: [input], state: folderOfFile, quiet: true })).rejects.toThrow(
    "can't be made: ENOTDIR",
  );
});
