import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { compilableFolder } from '@tributary/local/bigquery/testing/compilable-folder';

test('files laid over a project replace its own, which stand beside them', () => {
  const dir = mkdtempSync(join(tmpdir(), 'tributary-laid-over-'));
  const write = (name: string, text: string) => {
    mkdirSync(dirname(join(dir, name)), { recursive: true });
    writeFileSync(join(dir, name), text);
  };
  write('project/workflow_settings.yaml', 'defaultDataset: d\n');
  write('project/includes/settings.js', 'own');
  write('over/includes/settings.js', 'other');
  write('over/includes/deep/more.js', 'more');
  const folder = compilableFolder(join(dir, 'project'), join(dir, 'over'));
  try {
    const read = (name: string) => readFileSync(join(folder.dir, 'includes', name), 'utf8');
    expect(['settings.js', 'settings_replaced.js', 'deep/more.js'].map(read)).toEqual([
      ...['other', 'own', 'more'],
    ]);
    expect(readFileSync(join(dir, 'project/includes/settings.js'), 'utf8')).toBe('own');
  } finally {
    folder.remove();
    rmSync(dir, { recursive: true });
  }
  expect(existsSync(folder.dir)).toBe(false);
});
