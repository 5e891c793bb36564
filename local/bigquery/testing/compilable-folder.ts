import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A folder that `dataform compile` can compile offline. */
export interface CompilableFolder {
  readonly dir: string;
  /** Removes it where it is a copy. */
  remove(): void;
}

const SETTINGS = 'workflow_settings.yaml';
const CORE_VERSION = /^[ \t]*dataformCoreVersion[ \t]*:.*$/m;
/** What no model is made of; tests may be many files. */
const LEFT_OUT = new Set(['node_modules', 'package.json', 'package-lock.json', 'tests', SETTINGS]);

/**
 * The project's own folder where it has @dataform/core installed. Else a copy beside our
 * @dataform/core: the CLI would fetch the version that `dataformCoreVersion` names from the
 * network, and refuses a project that names none and has no package.json.
 */
export function compilableFolder(projectDir: string): CompilableFolder {
  const settings = readSettings(projectDir);
  const isPinned = CORE_VERSION.test(settings);
  const own = join(projectDir, 'node_modules/@dataform/core');
  if (!isPinned && existsSync(own) && existsSync(join(projectDir, 'package.json'))) {
    return { dir: projectDir, remove: () => undefined };
  }
  const dir = mkdtempSync(join(tmpdir(), 'tributary-compile-'));
  try {
    for (const name of readdirSync(projectDir)) {
      if (LEFT_OUT.has(name) || name.startsWith('.')) continue;
      cpSync(join(projectDir, name), join(dir, name), { recursive: true });
    }
    if (settings !== '') writeFileSync(join(dir, SETTINGS), settings.replace(CORE_VERSION, ''));
    writeFileSync(join(dir, 'package.json'), '{}');
    linkPackages(projectDir, join(dir, 'node_modules'));
  } catch (error) {
    rmSync(dir, { recursive: true, force: true });
    throw error;
  }
  return { dir, remove: () => rmSync(dir, { recursive: true, force: true }) };
}

function readSettings(projectDir: string): string {
  const file = join(projectDir, SETTINGS);
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

/** Our @dataform/core, and whatever packages of includes the project has installed itself. */
function linkPackages(projectDir: string, target: string): void {
  mkdirSync(join(target, '@dataform'), { recursive: true });
  const core = createRequire(__filename).resolve('@dataform/core/package.json');
  symlinkSync(realpathSync(dirname(core)), join(target, '@dataform/core'), 'junction');
  const own = join(projectDir, 'node_modules');
  if (!existsSync(own)) return;
  for (const name of readdirSync(own)) {
    if (name === '@dataform' || name.startsWith('.')) continue;
    symlinkSync(realpathSync(join(own, name)), join(target, name), 'junction');
  }
}
