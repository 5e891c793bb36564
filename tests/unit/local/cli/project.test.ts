import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findProject } from '@tributary/local/cli/project';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'tributary-project-'));
});
afterEach(() => {
  rmSync(dir, { recursive: true, force: true });
});

const SETTINGS = 'defaultProject: shop\ndefaultLocation: EU\ndefaultDataset: models\n';

function settings(text: string): void {
  writeFileSync(join(dir, 'workflow_settings.yaml'), text);
}

test('a project is found from a folder below it', () => {
  settings(`${SETTINGS}vars:\n  raw_dataset: landing\n`);
  const below = join(dir, 'definitions', 'custom');
  mkdirSync(below, { recursive: true });
  expect(findProject(below)).toEqual({
    dir,
    projectId: 'shop',
    location: 'EU',
    dataset: 'models',
    rawDataset: 'landing',
    truthDataset: 'truth',
    isOurs: false,
  });
});

test('outside of a checkout one sentence says where to go', () => {
  expect(() => findProject(dir)).toThrow(
    `No workflow_settings.yaml in ${dir} or above it; run the command inside a Tributary checkout.`,
  );
});

test('a setting that is missing is named', () => {
  settings('defaultProject: shop\ndefaultLocation: EU\n');
  expect(() => findProject(dir)).toThrow(/workflow_settings\.yaml: defaultDataset: .*README/);
});

test('settings that are no YAML are refused with their file', () => {
  settings('defaultProject: [shop\n');
  expect(() => findProject(dir)).toThrow(
    expect.objectContaining({
      name: 'UserError',
      message: expect.stringMatching(/workflow_settings\.yaml .*line 2/),
    }),
  );
});
