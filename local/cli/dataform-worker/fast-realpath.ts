import { existsSync, type realpathSync } from 'node:fs';
import { dirname } from 'node:path';

type Realpath = typeof realpathSync;

/**
 * fs.realpathSync for who asks about thousands of files that do not exist: vm2 tries every name
 * that a required file could have in every folder it could lie in, 21,000 for this project. Most
 * of the folders do not exist, and are asked for once: nothing makes folders meanwhile. An error
 * made once costs a twentieth of one made with a stack for each.
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
  const realpath = (path: string, options?: { encoding: BufferEncoding }) => {
    if (!isFolder(dirname(path)) || !existsSync(path)) throw missing;
    return original.native(path, options);
  };
  return Object.assign(realpath, { native: original.native }) as Realpath;
}
