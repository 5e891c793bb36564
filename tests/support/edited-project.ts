import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectDir } from './project-warehouse';

/**
 * A copy of this project with other settings, as a shop would edit them.
 *
 * @param edits what stands in includes/settings.js, and what shall stand there
 * @returns its folder, and how to remove it
 */
export function projectWithSettings(edits: Readonly<Record<string, string>>): {
  readonly dir: string;
  remove(): void;
} {
  const dir = mkdtempSync(join(tmpdir(), 'tributary-edited-'));
  // With what cases and proofs read: the rows of both, and the contract of the raw tables.
  const folders = ['definitions', 'includes', 'tests/models', 'tests/schemas', 'tests/proof'];
  const files = ['workflow_settings.yaml', 'lint.yaml', 'functions/shared/raw-tables.ts'];
  for (const name of [...folders, ...files])
    cpSync(join(projectDir, name), join(dir, name), { recursive: true });
  const file = join(dir, 'includes/settings.js');
  let text = readFileSync(file, 'utf8');
  for (const [from, to] of Object.entries(edits)) {
    if (!text.includes(from)) throw new Error(`includes/settings.js has no "${from}"`);
    text = text.replace(from, () => to);
  }
  writeFileSync(file, text);
  return { dir, remove: () => rmSync(dir, { recursive: true, force: true }) };
}
