import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A folder that `dataform compile` can compile offline. */
interface CompilableFolder {
  readonly dir: string;
  /** Removes it where it is a copy. */
  remove(): void;
}

const SETTINGS = 'workflow_settings.yaml';
const CORE_VERSION = /^[ \t]*dataformCoreVersion[ \t]*:.*$/m;
/** What no model is made of; tests may be many files. */
const LEFT_OUT = new Set(['node_modules', 'package.json', 'package-lock.json', 'tests', SETTINGS]);

/**
 * The project's own folder where it has @dataform/core installed. Else a copy with our
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
  const erase = () => rmSync(dir, { recursive: true, force: true });
  // Also where somebody stops the command in the middle.
  process.once('exit', erase);
  const remove = () => {
    process.off('exit', erase);
    erase();
  };
  try {
    for (const name of readdirSync(projectDir)) {
      if (LEFT_OUT.has(name) || name.startsWith('.')) continue;
      cpSync(join(projectDir, name), join(dir, name), { recursive: true });
    }
    if (settings !== '') writeFileSync(join(dir, SETTINGS), settings.replace(CORE_VERSION, ''));
    writeFileSync(join(dir, 'package.json'), '{}');
    copyCore(join(dir, 'node_modules/@dataform/core'));
  } catch (error) {
    remove();
    throw error;
  }
  return { dir, remove };
}

function readSettings(projectDir: string): string {
  const file = join(projectDir, SETTINGS);
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

/** A copy of our @dataform/core: Dataform's sandbox follows no links out of the project. */
function copyCore(target: string): void {
  const core = dirname(createRequire(__filename).resolve('@dataform/core/package.json'));
  mkdirSync(target, { recursive: true });
  for (const file of ['package.json', 'bundle.js'])
    copyFileSync(join(core, file), join(target, file));
}
