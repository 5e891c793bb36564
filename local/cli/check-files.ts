import { mkdtempSync, rmdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** Options of the commands that name files to read, and files to write. */
const READ = ['input', 'journeys', 'parameters', 'paths', 'settings', 'against'];
const WRITTEN = ['out', 'pairs'];

/**
 * Checks the files that a command's options name before the command begins: an hour of work is not
 * lost for want of a folder, nor a file that is read by writing over it. What is missing to read, the
 * command itself says.
 *
 * @throws UserError that names the option
 */
export function checkFiles(options: Readonly<Record<string, unknown>>): void {
  /** By identity, the option that has named the file. */
  const named = new Map<string | undefined, string>();
  for (const option of READ) {
    for (const file of [options[option]].flat()) {
      if (typeof file !== 'string') continue;
      if (kindOf(file) === 'folder') refuse(`--${option} ${file} is a folder; name a file in it.`);
      named.set(identityOf(file), option);
    }
  }
  for (const option of WRITTEN) {
    const file = options[option];
    if (typeof file !== 'string') continue;
    if (file === '') refuse(`--${option} is empty; name a file.`);
    const folder = dirname(file);
    if (kindOf(folder) !== 'folder') {
      refuse(`--${option} ${file}: there is no folder ${folder}; make it, or choose another file.`);
    }
    if (kindOf(file) === 'folder') refuse(`--${option} ${file} is a folder; name a file in it.`);
    const identity = identityOf(file);
    const other = identity && named.get(identity);
    if (other) {
      refuse(
        `--${option} ${file} is the file of --${other}, which would be lost; name another one.`,
      );
    }
    named.set(identity, option);
    tryToWrite(folder, `--${option} ${file}`);
  }
}

/** Permissions, and disks that are mounted to be read alone: whoever tries knows. */
function tryToWrite(folder: string, what: string): void {
  try {
    rmdirSync(mkdtempSync(join(folder, '.tributary-')));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    refuse(`${what}: ${folder} can't be written (${code}); choose another folder.`);
  }
}

/** The same for all names of a file; nothing for what is there and no file, such as /dev/null. */
function identityOf(path: string): string | undefined {
  try {
    const found = statSync(path, { bigint: true });
    return found.isFile() ? `${found.dev}:${found.ino}` : undefined;
  } catch {
    return resolve(path);
  }
}

function kindOf(path: string): 'folder' | 'file' | undefined {
  try {
    return statSync(path).isDirectory() ? 'folder' : 'file';
  } catch {
    // Missing, or not to be seen: what reads or writes it says which.
    return undefined;
  }
}

/** Loaded here alone: most commands start without it. */
function refuse(sentence: string): never {
  const { UserError } =
    require('@tributary/functions/shared/errors') as typeof import('@tributary/functions/shared/errors');
  throw new UserError(sentence);
}
