import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, parse, relative } from 'node:path';

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
 *
 * @param laidOver a folder whose files stand in the place of the project's; each can still read
 *   the one that it replaces, which stands beside it: settings.js as settings_replaced.js
 */
export function compilableFolder(projectDir: string, laidOver?: string): CompilableFolder {
  const settings = readSettings(projectDir);
  const isPinned = CORE_VERSION.test(settings);
  const own = join(projectDir, 'node_modules/@dataform/core');
  const isInstalled = existsSync(own) && existsSync(join(projectDir, 'package.json'));
  if (!isPinned && isInstalled && laidOver === undefined) {
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
    if (laidOver !== undefined) layOver(laidOver, dir);
    if (settings !== '') writeFileSync(join(dir, SETTINGS), settings.replace(CORE_VERSION, ''));
    writeFileSync(join(dir, 'package.json'), '{}');
    copyCore(join(dir, 'node_modules/@dataform/core'));
  } catch (error) {
    remove();
    throw error;
  }
  return { dir, remove };
}

function layOver(from: string, to: string): void {
  const files = readdirSync(from, { recursive: true, withFileTypes: true });
  for (const file of files.filter((entry) => entry.isFile())) {
    const source = join(file.parentPath, file.name);
    const target = join(to, relative(from, source));
    const { dir, name, ext } = parse(target);
    if (existsSync(target)) renameSync(target, join(dir, `${name}_replaced${ext}`));
    mkdirSync(dir, { recursive: true });
    copyFileSync(source, target);
  }
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
