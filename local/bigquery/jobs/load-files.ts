import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join, normalize, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BigQueryError } from '../sql/errors';

/**
 * The files on this machine that a load job's sourceUris name: gs://bucket/object lies in the
 * exports folder, file:///path must lie in an allowed folder. One * stands for any part of a file
 * name. Throws 'notFound' or 'invalid' with the URI.
 */
export function resolveSources(
  uris: readonly string[],
  exportsDir: string,
  allowedPaths: readonly string[],
): string[] {
  return uris.flatMap((uri) => {
    const path = uri.startsWith('file://')
      ? normalize(fileURLToPath(uri))
      : normalize(join(exportsDir, uri.replace(/^gs:\/\//, '')));
    const folders = uri.startsWith('gs://') ? [exportsDir] : allowedPaths;
    if (!folders.some((folder) => path.startsWith(folder + sep))) {
      throw new BigQueryError(
        'invalid',
        `Cannot read ${uri}: load gs:// objects of the warehouse's exports folder, or upload the file`,
      );
    }
    const files = expand(path);
    if (files.length === 0) throw new BigQueryError('notFound', `Not found: URI ${uri}`);
    return files;
  });
}

/** Sum of the files' sizes in bytes. */
export function totalBytes(files: readonly string[]): number {
  return files.reduce((sum, file) => sum + statSync(file).size, 0);
}

function expand(path: string): string[] {
  const [before = '', after] = basename(path).split('*');
  if (after === undefined) return existsSync(path) ? [path] : [];
  const folder = dirname(path);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.startsWith(before) && name.endsWith(after))
    .sort()
    .map((name) => join(folder, name));
}
