import { totalmem } from 'node:os';
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { openDuckDb } from '@tributary/functions/shared/duckdb';
import { quoteString } from '../sql/names';
import { WarehouseError, type WarehouseFolder } from './folder';

interface DatabaseOptions {
  readonly readOnly: boolean;
  /** Absolute folders beyond the warehouse's own that load jobs may read. */
  readonly allowedPaths: readonly string[];
  /** What queries may use before they spill to disk; half of the machine's where none is said. */
  readonly memoryLimitMegabytes?: number | undefined;
  /** As many as the machine has cores where none is said. */
  readonly threads?: number | undefined;
}

/**
 * The format of new files; an older file keeps its own. DuckDB's default is the oldest, in which
 * texts take three times as long to read.
 */
const FORMAT = { storage_compatibility_version: 'v1.5.0' };

/** The DuckDB instance of one warehouse. Connections are cheap; each job has its own. */
export interface Database {
  connect(): Promise<DuckDBConnection>;
  close(): void;
}

/**
 * Opens the DuckDB file and locks its configuration: big queries spill into the
 * warehouse folder, and neither the network nor files outside the allowed folders are reachable.
 */
export async function openDatabase(
  folder: WarehouseFolder,
  options: DatabaseOptions,
): Promise<Database> {
  const instance = await openInstance(folder, options.readOnly);
  const connection = await instance.connect();
  try {
    for (const setting of settings(folder, options)) await connection.run(setting);
  } finally {
    connection.closeSync();
  }
  return { connect: () => instance.connect(), close: () => instance.closeSync() };
}

function settings(folder: WarehouseFolder, options: DatabaseOptions): string[] {
  const allowed = [folder.exports, folder.uploads, folder.temporary, ...options.allowedPaths];
  return [
    `SET GLOBAL memory_limit = '${options.memoryLimitMegabytes ?? halfOfMemoryMegabytes()}MB'`,
    ...(options.threads === undefined ? [] : [`SET GLOBAL threads = ${options.threads}`]),
    // With it hashes and URLs shrink by a sixth, and take a quarter longer to write.
    `SET GLOBAL disabled_compression_methods = 'fsst'`,
    // Each thread would hold five groups of rows before it compresses them: memory that cannot spill.
    'SET GLOBAL write_buffer_row_group_count = 1',
    // A checkpoint looks at all tables, for seconds where they are large: not after each job that writes
    // more than 16 MB. What is committed stands in the log, and is read from there after a crash.
    `SET GLOBAL checkpoint_threshold = '256MB'`,
    `SET GLOBAL temp_directory = ${quoteString(folder.temporary)}`,
    `SET GLOBAL allowed_directories = [${allowed.map(quoteString).join(', ')}]`,
    'SET GLOBAL enable_external_access = false',
    'SET GLOBAL autoinstall_known_extensions = false',
    'SET GLOBAL autoload_known_extensions = false',
    'SET GLOBAL lock_configuration = true',
  ];
}

/** Half of what the machine or container has: Dataform, the analyzer and Node live beside it. */
function halfOfMemoryMegabytes(): number {
  const constrained = process.constrainedMemory() ?? 0;
  const total = constrained > 0 ? Math.min(constrained, totalmem()) : totalmem();
  return Math.max(512, Math.floor(total / 2 / 1024 / 1024));
}

async function openInstance(folder: WarehouseFolder, readOnly: boolean): Promise<DuckDBInstance> {
  try {
    return await openDuckDb(folder.database, {
      ...FORMAT,
      ...(readOnly && { access_mode: 'READ_ONLY' }),
    });
  } catch (error) {
    const message = (error as Error).message.split('\n')[0] ?? '';
    if (/lock/i.test(message)) {
      throw new WarehouseError(
        `The warehouse ${folder.dir} is in use by another process: stop it, or name another folder with --warehouse.`,
      );
    }
    if (readOnly && /does not exist/.test(message)) {
      throw new WarehouseError(
        `The warehouse ${folder.dir} is empty, so it cannot be opened read-only: fill it first.`,
      );
    }
    throw new WarehouseError(
      `The warehouse file ${folder.database} cannot be opened (${message}): put back a copy, or delete the folder and run again.`,
    );
  }
}
