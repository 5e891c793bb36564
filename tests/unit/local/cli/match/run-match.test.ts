import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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

test('files are compared with each other only where there are two', async () => {
  const settings = join(folder, 'settings.json');
  writeFileSync(settings, '{"compare": "between_files"}');
  await expect(runMatch({ input: [input], settings })).rejects.toThrow('give --input twice');
  const folderOfFile = join(input, 'state');
  await expect(runMatch({ input: [input], state: folderOfFile, quiet: true })).rejects.toThrow(
    "can't be made: ENOTDIR",
  );
});
