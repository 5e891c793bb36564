import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fastRealpath } from '@tributary/local/cli/dataform-worker/fast-realpath';

test('links are followed, and what is missing is ENOENT, as realpathSync has it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'fast-realpath-'));
  try {
    const realpath = fastRealpath(realpathSync);
    mkdirSync(join(folder, 'real'));
    writeFileSync(join(folder, 'real', 'a.js'), '');
    symlinkSync(join(folder, 'real'), join(folder, 'link'));
    symlinkSync(join(folder, 'nowhere'), join(folder, 'broken'));
    for (const path of ['link/a.js', 'real/../link', 'broken', 'missing', 'real/a.js/b']) {
      const expected = outcome(realpathSync, join(folder, path));
      const isMissing = !expected.startsWith('/');
      expect(outcome(realpath, join(folder, path))).toBe(isMissing ? 'ENOENT' : expected);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

function outcome(realpath: typeof realpathSync, path: string): string {
  try {
    return realpath(path);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'unknown';
  }
}
