import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';

/** Raised when the layout of the folder or of the catalog tables changes. */
const FORMAT_VERSION = 1;

/** Where the parts of a warehouse lie; all paths absolute. */
export interface WarehouseFolder {
  readonly dir: string;
  /** The DuckDB file: data and catalog. */
  readonly database: string;
  /** gs://bucket/object is exports/bucket/object. */
  readonly exports: string;
  /** Bodies of running uploads; emptied at start. */
  readonly uploads: string;
  /** What DuckDB spills; emptied at start. */
  readonly temporary: string;
  /** Who serves the warehouse now. */
  readonly server: string;
}

/** A warehouse that cannot be opened, in one sentence with the mend. */
export class WarehouseError extends Error {
  override readonly name = 'WarehouseError';
}

const marker = z.object({ format: z.number() });

/** The paths inside a warehouse folder, whether or not it exists. */
export function warehousePaths(warehouseDir: string): WarehouseFolder {
  const dir = resolve(warehouseDir);
  return {
    dir,
    database: join(dir, 'warehouse.duckdb'),
    exports: join(dir, 'exports'),
    uploads: join(dir, 'uploads'),
    temporary: join(dir, 'temporary'),
    server: join(dir, 'server.json'),
  };
}

/**
 * Opens a warehouse folder, or makes a new one where there is none.
 * Throws WarehouseError for a folder that holds something else or another format.
 */
export function openWarehouseFolder(warehouseDir: string): WarehouseFolder {
  const folder = warehousePaths(warehouseDir);
  const markerFile = join(folder.dir, 'warehouse.json');
  if (existsSync(folder.dir) && !statSync(folder.dir).isDirectory()) {
    throw new WarehouseError(`${folder.dir} is a file, not a warehouse folder: name another one.`);
  }
  if (existsSync(markerFile)) {
    checkFormat(folder.dir, readMarker(markerFile));
  } else {
    if (existsSync(folder.dir) && readdirSync(folder.dir).length > 0) {
      throw new WarehouseError(
        `${folder.dir} is not empty and is no warehouse (it has no warehouse.json): name a new or an empty folder.`,
      );
    }
    makeFolder(folder.dir);
    writeFileSync(markerFile, `${JSON.stringify({ format: FORMAT_VERSION })}\n`);
  }
  for (const path of [folder.exports, folder.uploads, folder.temporary]) makeFolder(path);
  return folder;
}

/** One folder after the other: node's recursive mkdir never ends below some special folders. */
function makeFolder(dir: string): void {
  if (existsSync(dir)) return;
  makeFolder(dirname(dir));
  try {
    mkdirSync(dir);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return;
    throw new WarehouseError(
      `The folder ${dir} cannot be made (${code}): name another one with --warehouse.`,
    );
  }
}

/** Removes what a killed server left behind; only for who has locked the warehouse's database. */
export function emptyLeftovers(folder: WarehouseFolder): void {
  for (const dir of [folder.uploads, folder.temporary]) {
    for (const name of readdirSync(dir)) rmSync(join(dir, name), { recursive: true, force: true });
  }
}

function readMarker(file: string): number {
  try {
    return marker.parse(JSON.parse(readFileSync(file, 'utf8'))).format;
  } catch {
    throw new WarehouseError(
      `${file} is damaged: write {"format": ${FORMAT_VERSION}} into it if the warehouse was made by this version, else delete the folder and run again.`,
    );
  }
}

function checkFormat(dir: string, format: number): void {
  if (format > FORMAT_VERSION) {
    throw new WarehouseError(
      `The warehouse ${dir} has format ${format}, this version reads format ${FORMAT_VERSION}: upgrade Tributary, or name another folder with --warehouse.`,
    );
  }
  if (format < FORMAT_VERSION) {
    throw new WarehouseError(
      `The warehouse ${dir} has the older format ${format}, this version reads format ${FORMAT_VERSION}: name another folder with --warehouse and load the sources there again; delete this one only if its raw data can be had elsewhere.`,
    );
  }
}
