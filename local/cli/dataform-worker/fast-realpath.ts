import { existsSync, type realpathSync } from 'node:fs';
import { dirname } from 'node:path';

type Realpath = typeof realpathSync;

/**
 * fs.realpathSync for who asks about thousands of files that do not exist: vm2 tries every name
 * that a required file could have in every folder it could lie in, 21,000 for this project. Most
 * of the folders do not exist, and are asked for once, as each path is: nothing makes any
 * meanwhile. An error made once costs a twentieth of one made with a stack for each.
 */
export function fastRealpath(original: Realpath): Realpath {
  const missing = Object.assign(new Error('ENOENT: no such file or directory'), {
    code: 'ENOENT',
    errno: -2,
    syscall: 'lstat',
  });
  const folders = new Map<string, boolean>();
  const isFolder = (path: string): boolean => {
    const known = folders.get(path);
    if (known !== undefined) return known;
    const parent = dirname(path);
    const is = (parent === path || isFolder(parent)) && existsSync(path);
    folders.set(path, is);
    return is;
  };
  const paths = new Map<string, string | undefined>();
  const find = (path: string): string | undefined =>
    isFolder(dirname(path)) && existsSync(path) ? original.native(path) : undefined;
  const realpath = (path: string) => {
    if (!paths.has(path)) paths.set(path, find(path));
    const found = paths.get(path);
    if (found === undefined) throw missing;
    return found;
  };
  return Object.assign(realpath, { native: original.native }) as Realpath;
}
