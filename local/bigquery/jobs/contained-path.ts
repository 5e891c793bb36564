import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';

/**
 * True where `path`, a file that exists or that will be made, lies inside `folder` when every
 * symbolic link on both ways is followed. Both are absolute; `folder` exists.
 */
export function isContained(path: string, folder: string): boolean {
  return followLinks(path).startsWith(realpathSync(folder) + sep);
}

/** The real place of a path; of one that is not there yet, that of its nearest folder. */
function followLinks(path: string): string {
  if (existsSync(path)) return realpathSync(path);
  const parent = dirname(path);
  return parent === path ? path : join(followLinks(parent), basename(path));
}
