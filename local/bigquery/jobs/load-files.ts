import { closeSync, existsSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { basename, dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BigQueryError } from '../sql/errors';
import { isContained } from './contained-path';

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
      ? normalize(filePath(uri))
      : normalize(join(exportsDir, uri.replace(/^gs:\/\//, '')));
    const folders = uri.startsWith('gs://') ? [exportsDir] : allowedPaths;
    const isAllowed = (file: string) => folders.some((folder) => isContained(file, folder));
    // The folder first: what lies outside is not even looked for.
    const files = isAllowed(path) ? expand(path) : [path];
    if (!files.every(isAllowed)) {
      throw new BigQueryError(
        'invalid',
        `Cannot read ${uri}: load gs:// objects of the warehouse's exports folder, or upload the file`,
      );
    }
    if (files.length === 0) throw new BigQueryError('notFound', `Not found: URI ${uri}`);
    return files;
  });
}

function filePath(uri: string): string {
  try {
    return fileURLToPath(uri);
  } catch {
    throw new BigQueryError(
      'invalid',
      `Invalid source URI ${uri}: write an absolute path, as in file:///data/orders.csv`,
    );
  }
}

/** Sum of the files' sizes in bytes. */
export function totalBytes(files: readonly string[]): number {
  return files.reduce((sum, file) => sum + statSync(file).size, 0);
}

/**
 * How the files are compressed, by their first bytes: uploads have no names. Throws 'invalid'
 * where some are and some are not.
 */
export function compressionOf(files: readonly string[]): 'gzip' | 'uncompressed' {
  const compressed = files.filter(isGzip);
  if (compressed.length === 0) return 'uncompressed';
  if (compressed.length === files.length) return 'gzip';
  throw new BigQueryError(
    'invalid',
    'The local BigQuery does not load compressed and plain files in one job: use two jobs',
  );
}

/** BigQuery takes no longer row. */
const LONGEST_ROW = 100 * 1024 * 1024;

/** Gzip makes a byte of no more than these, so a small file stays small. */
const LARGEST_RATIO = 1032;

const BUFFER_STEP = 32 * 1024 * 1024;

/** How much memory DuckDB needs for reading files, in bytes. */
export interface ReadSizes {
  readonly longestRow: number;
  /** Holds a whole file; undefined where that is more than DuckDB's own, 16 rows. */
  readonly buffer: number | undefined;
}

/**
 * What the files can need. DuckDB's own buffer has room for 16 of the longest rows, for a file of
 * one line too: 1.6 GB, which small machines lack. A smaller one must hold the whole file: where
 * it does not, DuckDB silently drops a last row that is too long.
 */
export function readSizes(files: readonly string[]): ReadSizes {
  const ratio = compressionOf(files) === 'gzip' ? LARGEST_RATIO : 1;
  const bytes = Math.max(...files.map((file) => statSync(file).size)) * ratio;
  const buffer = (Math.floor(bytes / BUFFER_STEP) + 1) * BUFFER_STEP;
  return {
    longestRow: Math.min(LONGEST_ROW, buffer - 1),
    buffer: buffer < 16 * LONGEST_ROW ? buffer : undefined,
  };
}

function isGzip(file: string): boolean {
  const descriptor = openSync(file, 'r');
  try {
    const head = Buffer.alloc(2);
    return readSync(descriptor, head) === 2 && head.readUInt16BE() === 0x1f8b;
  } finally {
    closeSync(descriptor);
  }
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
