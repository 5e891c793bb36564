import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { findProject, type Project } from '@tributary/local/cli/project';
import { readShopSettings } from '@tributary/local/cli/shop-settings';

const own = findProject(resolve(__dirname, '../../../..'));
let dir: string;
let project: Project;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'tributary-settings-'));
  mkdirSync(join(dir, 'includes'));
  project = { ...own, dir };
});
afterEach(() => {
  rmSync(dir, { recursive: true, force: true });
});

function settings(text: string): void {
  writeFileSync(join(dir, 'includes', 'settings.js'), text);
}

test('the settings of this repository can be read', () => {
  expect(readShopSettings(own)).toMatchObject({
    baseCurrency: 'EUR',
    importedConversionTypes: ['conversion'],
  });
});

test('a setting that is wrong is named with its file', () => {
  settings("module.exports = { base_currency_code: 'EURO' };");
  expect(() => readShopSettings(project)).toThrow(
    /settings\.js: base_currency_code: .*mend it there/,
  );
});

test('a slip in the file is one sentence', () => {
  settings('module.exports = {');
  expect(() => readShopSettings(project)).toThrow(
    expect.objectContaining({
      name: 'UserError',
      message: expect.stringMatching(/settings\.js can't be read: .*mend it there\.$/),
    }),
  );
});
