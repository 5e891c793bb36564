import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repairEncoding } from '@tributary/local/cli/match/repair-encoding';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tributary-encoding-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, content: Buffer | string): string {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
}

test('lines that are no UTF-8 are read as Windows-1252, the others stay', async () => {
  const mixed = Buffer.concat([
    Buffer.from('id,name\n1,Müller\n', 'utf8'),
    Buffer.from('2,J\xf6rg \x80\n', 'latin1'),
    Buffer.from('3,Zoë', 'utf8'),
  ]);
  const copy = join(folder, 'copy.csv');
  expect(await repairEncoding(write('mixed.csv', mixed), copy)).toBe(1);
  expect(readFileSync(copy, 'utf8')).toBe('id,name\n1,Müller\n2,Jörg €\n3,Zoë');
});

test('a whole file is left alone', async () => {
  const copy = join(folder, 'none.csv');
  expect(await repairEncoding(write('good.csv', 'id,name\n1,Müller\n'), copy)).toBe(0);
  expect(existsSync(copy)).toBe(false);
});

test('UTF-16 and missing files are refused', async () => {
  const wide = write('wide.csv', Buffer.from('\ufeffid,name\n', 'utf16le'));
  await expect(repairEncoding(wide, 'x')).rejects.toThrow('is UTF-16: save it as UTF-8.');
  await expect(repairEncoding(join(folder, 'absent.csv'), 'x')).rejects.toThrow("can't be read");
});
