import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BigQuery } from '@google-cloud/bigquery';
import {
  type LocalBigQuery,
  type LocalBigQueryOptions,
  startLocalBigQuery,
} from '@tributary/local/bigquery/server';
import { PassThroughClient } from 'google-auth-library';

export const PROJECT_ID = 'tributary-local';

/** An error as Google's client throws it. */
export interface ClientError {
  readonly name: string;
  readonly code: number;
  readonly message: string;
  readonly errors: readonly { readonly reason: string; readonly message: string }[];
}

/** A local BigQuery of a test file, with Google's client on it. */
export interface LocalClient {
  readonly folder: string;
  readonly server: LocalBigQuery;
  readonly client: BigQuery;
  /** A dataset of its own for each test, because they run in any order. */
  newDataset(): Promise<string>;
  /** Rows as plain JSON. */
  rowsOf(query: string, options?: object): Promise<Record<string, unknown>[]>;
  /** A file in the folder, for uploads. */
  file(name: string, content: string | Buffer): string;
  /** A request as no client of Google sends it; the path without /bigquery/v2/projects/PROJECT. */
  send(method: string, path: string, body?: unknown, headers?: object): Promise<Response>;
  close(): Promise<void>;
}

export async function openLocalClient(
  options: (folder: string) => Partial<LocalBigQueryOptions> = () => ({}),
): Promise<LocalClient> {
  const folder = mkdtempSync(join(tmpdir(), 'tributary-client-'));
  const server = await startLocalBigQuery({
    warehouseDir: join(folder, 'warehouse'),
    defaultProject: PROJECT_ID,
    threads: 1,
    ...options(folder),
  });
  const client = clientOf(server.url);
  let datasetCount = 0;
  return {
    folder,
    server,
    client,
    newDataset: async () => {
      datasetCount += 1;
      const id = `d${datasetCount}`;
      await client.createDataset(id, { location: 'EU' });
      return id;
    },
    rowsOf: async (query, queryOptions = {}) => {
      const [rows] = await client.query({ query, ...queryOptions });
      return JSON.parse(JSON.stringify(rows));
    },
    file: (name, content) => {
      const path = join(folder, name.replaceAll(' ', '-'));
      writeFileSync(path, content);
      return path;
    },
    send: (method, path, body, headers = {}) =>
      fetch(`${server.url}/bigquery/v2/projects/${PROJECT_ID}${path}`, {
        method,
        headers: { ...headers },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
    close: async () => {
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Google's client for an address; without retries unless told, so that tests see each error. */
export function clientOf(apiEndpoint: string, options: object = { autoRetry: false }): BigQuery {
  // Without an auth client of its own the library looks for credentials before every upload.
  const authClient = new PassThroughClient();
  return new BigQuery({ projectId: PROJECT_ID, apiEndpoint, authClient, ...options });
}

/** The error that some work ends with; the test fails where it ends well. */
export function errorOf(work: Promise<unknown>): Promise<ClientError> {
  return work.then(
    () => {
      throw new Error('expected an error');
    },
    (error) => error,
  );
}

/**
 * An object of Cloud Storage as the client wants it: it knows it by the names of its class and of
 * its parent's class alone.
 */
export function storageFile(bucket: string, name: string): never {
  class Storage {}
  class File {
    readonly parent = new Storage();
    readonly bucket = { name: bucket };
    constructor(readonly name: string) {}
  }
  return new File(name) as never;
}
