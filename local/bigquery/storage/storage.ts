import type { DuckDBConnection } from '@duckdb/node-api';
import { BigQueryError } from '../sql/errors';
import { mendArrayColumns } from './array-columns';
import { CatalogEdit } from './catalog-edit';
import type { CatalogSnapshot } from './catalog-snapshot';
import { createCatalogTables, readCatalog, readCatalogVersion } from './catalog-tables';
import { type Database, openDatabase } from './database';
import {
  emptyLeftovers,
  openWarehouseFolder,
  WarehouseError,
  type WarehouseFolder,
} from './folder';
import { restoreSizes, saveSizes } from './saved-sizes';
import { SerialQueue } from './serial-queue';

interface StorageOptions {
  readonly warehouseDir: string;
  readonly readOnly?: boolean;
  /** Absolute folders that load jobs may read beside the warehouse's own. */
  readonly allowedPaths?: readonly string[];
  /** What queries may use before they spill to disk; half of the machine's where none is said. */
  readonly memoryLimitMegabytes?: number | undefined;
  /** How many threads work on a query; as many as the machine has cores where none is said. */
  readonly threads?: number | undefined;
  /** Runs once on the first connection: macros and functions of the whole instance. */
  readonly prepare?: (connection: DuckDBConnection) => Promise<void> | void;
}

/** One transaction: a connection of its own, and the catalog as of that transaction. */
export interface Session<C extends CatalogSnapshot = CatalogSnapshot> {
  readonly connection: DuckDBConnection;
  readonly catalog: C;
  /** Leaves the connection, with its temporary tables, to the caller; who then closes it. */
  keepConnection(): void;
}

export type WriteSession = Session<CatalogEdit>;

/** One that is not kept is read again when somebody needs it. */
const SNAPSHOTS_KEPT = 8;

/**
 * The data and the catalog of one warehouse. Reads run side by side, each on the last committed
 * state; writes wait in line, and each is one transaction over data and catalog.
 */
export class Storage {
  private readonly writers = new SerialQueue();
  private readonly readers = new Set<Promise<unknown>>();
  /** Snapshots by version: the latest ones, and the one that is being committed. */
  private readonly snapshots = new Map<number, CatalogSnapshot>();
  private isClosing = false;

  private constructor(
    readonly folder: WarehouseFolder,
    readonly isReadOnly: boolean,
    private readonly database: Database,
    private current: CatalogSnapshot,
  ) {
    this.snapshots.set(current.version, current);
  }

  static async open(options: StorageOptions): Promise<Storage> {
    const folder = openWarehouseFolder(options.warehouseDir);
    const readOnly = options.readOnly ?? false;
    const database = await openDatabase(folder, {
      readOnly,
      allowedPaths: options.allowedPaths ?? [],
      memoryLimitMegabytes: options.memoryLimitMegabytes,
      threads: options.threads,
    });
    if (!readOnly) emptyLeftovers(folder);
    const connection = await database.connect();
    try {
      await options.prepare?.(connection);
      if (!readOnly) {
        await createCatalogTables(connection);
        await mendArrayColumns(connection);
      }
      const catalog = await readCatalog(connection);
      await restoreSizes(connection, catalog);
      return new Storage(folder, readOnly, database, catalog);
    } catch (error) {
      database.close();
      throw new WarehouseError(
        `The warehouse ${folder.dir} cannot be read (${(error as Error).message.split('\n')[0]}): put back a copy, or delete the folder and run again.`,
      );
    } finally {
      connection.closeSync();
    }
  }

  /** The catalog as last committed, for look-ups that touch no data. */
  get catalog(): CatalogSnapshot {
    return this.current;
  }

  /** Runs `work` on a snapshot of data and catalog that belong together. */
  read<T>(work: (session: Session) => Promise<T>): Promise<T> {
    const running = this.transaction(
      async (connection) => this.consistentCatalog(connection),
      work,
    );
    this.readers.add(running);
    return running.finally(() => this.readers.delete(running));
  }

  /**
   * Runs `work` alone among writers. Its changes of data and catalog are committed together when
   * it returns, and all undone when it throws.
   */
  async write<T>(work: (session: WriteSession) => Promise<T>): Promise<T> {
    if (this.isReadOnly) {
      throw new BigQueryError(
        'accessDenied',
        'The warehouse is open read-only: start the local BigQuery without readOnly to change tables',
      );
    }
    return this.writers.run(() =>
      this.transaction(
        async (connection) => {
          await connection.run('BEGIN');
          return new CatalogEdit(this.current);
        },
        work,
        (connection, catalog) => this.commit(connection, catalog),
      ),
    );
  }

  /** Waits for what runs, writes everything into the one file, and closes it. */
  async close(): Promise<void> {
    this.isClosing = true;
    await this.writers.idle();
    await Promise.allSettled(this.readers);
    if (!this.isReadOnly) {
      const connection = await this.database.connect();
      await saveSizes(connection, this.current);
      await connection.run('CHECKPOINT');
      connection.closeSync();
    }
    this.database.close();
  }

  private async transaction<C extends CatalogSnapshot, T>(
    begin: (connection: DuckDBConnection) => Promise<C>,
    work: (session: Session<C>) => Promise<T>,
    // Not left to closing the connection, which would wait for a writer's commit on our one thread.
    finish: (connection: DuckDBConnection, catalog: C) => Promise<unknown> = (connection) =>
      connection.run('COMMIT'),
  ): Promise<T> {
    if (this.isClosing) throw stopping();
    const connection = await this.database.connect();
    let isKept = false;
    const keepConnection = () => {
      isKept = true;
    };
    try {
      const catalog = await begin(connection);
      const result = await work({ connection, catalog, keepConnection });
      await finish(connection, catalog);
      return result;
    } catch (error) {
      isKept = false;
      // After some errors DuckDB has ended the transaction by itself.
      await connection.run('ROLLBACK').catch(() => undefined);
      throw error;
    } finally {
      if (!isKept) connection.closeSync();
    }
  }

  /** Reading the version fixes the transaction's view; the catalog of that version goes with it. */
  private async consistentCatalog(connection: DuckDBConnection): Promise<CatalogSnapshot> {
    const version = await readCatalogVersion(connection, 'BEGIN; ');
    return this.snapshots.get(version) ?? readCatalog(connection);
  }

  /** Saves the changes of the catalog and commits, in one go: a call takes longer than a statement. */
  private async commit(connection: DuckDBConnection, catalog: CatalogEdit): Promise<void> {
    if (!catalog.isChanged) {
      await connection.run('COMMIT');
      catalog.publishSizes();
      return;
    }
    const next = catalog.freeze();
    // Known before the commit: a reader may see the new version before this function goes on.
    this.snapshots.set(next.version, next);
    try {
      await connection.run([...catalog.changes(), 'COMMIT'].join(';\n'));
    } catch (error) {
      this.snapshots.delete(next.version);
      throw error;
    }
    this.current = next;
    catalog.publishSizes();
    // Readers that began a moment ago still see the one before.
    const [oldest] = this.snapshots.keys();
    if (this.snapshots.size > SNAPSHOTS_KEPT && oldest !== undefined) this.snapshots.delete(oldest);
  }
}

/** Clients try again on this reason, and find the next server. */
function stopping(): BigQueryError {
  return new BigQueryError('backendError', 'The local BigQuery is stopping: start it again');
}
