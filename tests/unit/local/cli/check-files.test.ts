import { linkSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkFiles } from '@tributary/local/cli/check-files';

const folder = mkdtempSync(join(tmpdir(), 'check-files-'));
const inner = join(folder, 'dir.csv');
const file = join(folder, 'file.csv');
mkdirSync(inner);
writeFileSync(file, 'a\n1\n');
const sameFile = join(folder, 'same.csv');
linkSync(file, sameFile);
const oldFile = join(folder, 'old.csv');
writeFileSync(oldFile, '');
afterAll(() => rmSync(folder, { recursive: true }));

test('takes files to read, and files to write that are new or there already', () => {
  expect(() =>
    checkFiles({ input: [file, file], out: join(inner, 'new.json'), pairs: oldFile, json: true }),
  ).not.toThrow();
  expect(() => checkFiles({ out: '/dev/null', pairs: '/dev/null' })).not.toThrow();
});

const onLinux = process.platform === 'linux' ? test : test.skip;
onLinux('refuses a folder in which nothing can be made, by root neither', () => {
  expect(() => checkFiles({ out: '/proc/d.csv' })).toThrow(
    "--out /proc/d.csv: /proc can't be written (E",
  );
});

test.each<[string, Record<string, unknown>, string]>([
  ['a folder to read', { journeys: inner }, `--journeys ${inner} is a folder; name a file in it.`],
  ['one of several', { input: [file, inner] }, `--input ${inner} is a folder; name a file in it.`],
  ['a folder to write', { out: inner }, `--out ${inner} is a folder; name a file in it.`],
  [
    'a folder that is not there',
    { out: join(folder, 'missing', 'd.json') },
    `--out ${join(folder, 'missing', 'd.json')}: there is no folder ${join(folder, 'missing')}; make it, or choose another file.`,
  ],
  [
    'a file in place of a folder',
    { pairs: join(file, 'd.csv') },
    `--pairs ${join(file, 'd.csv')}: there is no folder ${file}; make it, or choose another file.`,
  ],
  [
    'to write over what is read',
    { journeys: file, out: sameFile },
    `--out ${sameFile} is the file of --journeys, which would be lost; name another one.`,
  ],
  [
    'two answers in one file',
    { out: join(inner, 'new.csv'), pairs: join(inner, '..', 'dir.csv', 'new.csv') },
    `--pairs ${join(inner, 'new.csv')} is the file of --out, which would be lost; name another one.`,
  ],
  ['no name', { out: '' }, '--out is empty; name a file.'],
])('refuses %s', (_case, options, sentence) => {
  expect(() => checkFiles(options)).toThrow(sentence);
});
