import { mkdir, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WarehouseConfig } from '../shared/config';

/** Where the files of one EXPORT DATA go, and how this machine gets at them. */
export interface ExportTarget {
  /** What EXPORT DATA is told, with the asterisk for the number of the file. */
  readonly uri: string;
  /** Removes what an earlier export left there: EXPORT DATA replaces files, but not all. */
  clear(): Promise<void>;
  /** The files on this machine, in their order. */
  files(): Promise<string[]>;
}

/** @param id names the export; the same id replaces the export of before */
export function exportTarget(config: WarehouseConfig, id: string): ExportTarget {
  const prefix = `exports/${id}/`;
  const uri = `gs://${config.exportBucket}/${prefix}*.parquet`;
  if (config.exportDir === undefined) return { uri, ...inBucket(config, id, prefix) };
  const folder = join(config.exportDir, config.exportBucket, prefix);
  return {
    uri,
    clear: () => rm(folder, { recursive: true, force: true }),
    files: () => parquetFiles(folder),
  };
}

function inBucket(config: WarehouseConfig, id: string, prefix: string) {
  const folder = join(tmpdir(), `tributary-export-${id}`);
  return {
    async clear() {
      await openBucket(config).deleteFiles({ prefix });
      await rm(folder, { recursive: true, force: true });
    },
    async files() {
      await mkdir(folder, { recursive: true });
      const [objects] = await openBucket(config).getFiles({ prefix });
      for (const object of objects) {
        await object.download({ destination: join(folder, object.name.slice(prefix.length)) });
      }
      return parquetFiles(folder);
    },
  };
}

/** Loaded only here: most functions never touch a bucket. */
function openBucket(config: WarehouseConfig) {
  const { Storage } = require('@google-cloud/storage') as typeof import('@google-cloud/storage');
  return new Storage({ projectId: config.projectId }).bucket(config.exportBucket);
}

async function parquetFiles(folder: string): Promise<string[]> {
  const names = await readdir(folder);
  return names
    .filter((name) => name.endsWith('.parquet'))
    .sort()
    .map((name) => join(folder, name));
}
