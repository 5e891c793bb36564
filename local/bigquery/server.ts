import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { installRuntime } from './functions';
import { compilerOf } from './jobs/compiler';
import { Engine } from './jobs/engine';
import { createHttpServer } from './rest/http-server';
import { createRestRouter } from './rest/routes';
import { startAnalyzer } from './sql/analyzer';
import { WarehouseError } from './storage/folder';
import { findRunningServer, removeServerFile, writeServerFile } from './storage/lock';
import { Storage } from './storage/storage';

export interface LocalBigQueryOptions {
  /** The warehouse folder; made where there is none. */
  readonly warehouseDir: string;
  readonly defaultProject: string;
  /** 0, the default, takes any free port. */
  readonly port?: number;
  /** Refuses every change. */
  readonly readOnly?: boolean;
  /** Folders that load jobs may read by file:// beside the warehouse's own. */
  readonly allowedPaths?: readonly string[];
  /** What queries may use before they spill to disk; half of the machine's where none is said. */
  readonly memoryLimitMegabytes?: number;
  /** How many threads work on a query; as many as the machine has cores where none is said. */
  readonly threads?: number;
  /** Of datasets whose request names none. */
  readonly location?: string;
  /** Told of what fails inside; silent by default. */
  readonly log?: (message: string) => void;
}

export interface LocalBigQuery {
  /** 'http://127.0.0.1:9050': for BIGQUERY_EMULATOR_HOST and for apiEndpoint. */
  readonly url: string;
  readonly port: number;
  /** Finishes running jobs, writes everything to the warehouse, stops the analyzer. */
  close(): Promise<void>;
}

/**
 * Serves a warehouse as BigQuery on 127.0.0.1. Throws WarehouseError, one sentence with the mend,
 * where the warehouse is served already or cannot be opened, or the port is taken.
 */
export async function startLocalBigQuery(options: LocalBigQueryOptions): Promise<LocalBigQuery> {
  const running = await findRunningServer(options.warehouseDir);
  if (running) {
    throw new WarehouseError(
      `The warehouse ${resolve(options.warehouseDir)} is already served at ${running.url} by process ${running.pid}: use that one, or stop it first.`,
    );
  }
  const allowedPaths = (options.allowedPaths ?? []).map((path) => resolve(path));
  const storage = await Storage.open({
    warehouseDir: options.warehouseDir,
    readOnly: options.readOnly ?? false,
    allowedPaths,
    memoryLimitMegabytes: options.memoryLimitMegabytes,
    threads: options.threads,
    prepare: installRuntime,
  });
  try {
    return await serve(storage, allowedPaths, options);
  } catch (error) {
    await storage.close();
    throw error;
  }
}

async function serve(
  storage: Storage,
  allowedPaths: readonly string[],
  options: LocalBigQueryOptions,
): Promise<LocalBigQuery> {
  const compiler = compilerOf(await startAnalyzer());
  let engine: Engine;
  let server: Server;
  try {
    const { defaultProject, location } = options;
    engine = await Engine.create({
      storage,
      compiler,
      defaultProject,
      allowedPaths,
      ...(location !== undefined && { location }),
    });
    server = createHttpServer({
      router: createRestRouter(engine),
      log: options.log ?? (() => undefined),
    });
    await listen(server, options.port ?? 0);
  } catch (error) {
    await compiler.close();
    throw error;
  }
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  writeServerFile(storage.folder.server, { pid: process.pid, port, url });
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    server.close();
    await engine.close();
    server.closeAllConnections();
    removeServerFile(storage.folder.server, process.pid);
  };
  return {
    url,
    port,
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((done, fail) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      fail(
        error.code === 'EADDRINUSE'
          ? new WarehouseError(
              `Port ${port} is in use: stop what listens there, or choose another port (0 takes any free one).`,
            )
          : error,
      );
    });
    server.listen(port, '127.0.0.1', done);
  });
}
