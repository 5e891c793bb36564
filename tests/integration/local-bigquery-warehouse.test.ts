import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { BigQuery } from '@google-cloud/bigquery';
import {
  type LocalBigQuery,
  type LocalBigQueryOptions,
  startLocalBigQuery,
} from '@tributary/local/bigquery/server';
import { findRunningServer } from '@tributary/local/bigquery/storage/lock';
import { PassThroughClient } from 'google-auth-library';

jest.setTimeout(60_000);

const projectId = 'tributary-local';
const root = mkdtempSync(join(tmpdir(), 'tributary-warehouse-'));
const running: LocalBigQuery[] = [];
let count = 0;

afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close()));
});
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

function newFolder(): string {
  count += 1;
  return join(root, `warehouse-${count}`);
}

async function start(
  warehouseDir: string,
  options: Partial<LocalBigQueryOptions> = {},
): Promise<LocalBigQuery> {
  const server = await startLocalBigQuery({ warehouseDir, defaultProject: projectId, ...options });
  running.push(server);
  return server;
}

function clientOf(url: string): BigQuery {
  const authClient = new PassThroughClient();
  return new BigQuery({ projectId, apiEndpoint: url, authClient, autoRetry: false });
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const [rows] = await clientOf(url).query(sql);
  return rows;
}

test('everything is there again after a restart, finished loads too', async () => {
  const dir = newFolder();
  const lines = join(root, 'rows.ndjson');
  writeFileSync(lines, '{"a":1}\n');
  const load = {
    sourceFormat: 'NEWLINE_DELIMITED_JSON',
    schema: { fields: [{ name: 'a', type: 'INTEGER' }] },
    jobId: 'once',
  };
  const first = await start(dir);
  await query(
    first.url,
    `CREATE SCHEMA d; CREATE TABLE d.t (a INT64 OPTIONS (description = 'an a'));
     CREATE VIEW d.v AS SELECT a + 1 AS b FROM d.t`,
  );
  await clientOf(first.url).dataset('d').table('t').load(lines, load);
  await first.close();
  expect(existsSync(join(dir, 'server.json'))).toBe(false);
  expect(existsSync(join(dir, 'warehouse.duckdb.wal'))).toBe(false);

  const second = await start(dir);
  expect(await query(second.url, 'SELECT b FROM d.v')).toEqual([{ b: 2 }]);
  const table = clientOf(second.url).dataset('d').table('t');
  const [metadata] = await table.getMetadata();
  expect(metadata.schema.fields).toEqual([
    { name: 'a', type: 'INTEGER', mode: 'NULLABLE', description: 'an a' },
  ]);
  await expect(table.load(lines, load)).rejects.toMatchObject({ code: 409 });
  const [job] = await clientOf(second.url).job('once').getMetadata();
  expect(job.status).toEqual({ state: 'DONE' });
});

test('a second server on a warehouse learns where the first one is', async () => {
  const dir = newFolder();
  expect(await findRunningServer(dir)).toBeUndefined();
  const first = await start(dir);
  expect(await findRunningServer(dir)).toEqual({
    url: first.url,
    port: first.port,
    pid: process.pid,
  });
  await expect(start(dir)).rejects.toThrow(`already served at ${first.url}`);
  await first.close();
  expect(await findRunningServer(dir)).toBeUndefined();
});

test('what a killed server had committed is kept, the rest is gone, and its mark is ignored', async () => {
  const dir = newFolder();
  const server = resolve(__dirname, '../../local/dist/bigquery/server.js');
  const options = JSON.stringify({ warehouseDir: dir, defaultProject: projectId });
  const child = spawn(process.execPath, [
    '-e',
    `require(${JSON.stringify(server)}).startLocalBigQuery(${options}).then(({ url }) => console.log(url))`,
  ]);
  const [output] = await once(child.stdout, 'data');
  const url = String(output).trim();
  await query(url, 'CREATE SCHEMA d; CREATE TABLE d.t AS SELECT 1 AS a');
  const doubling = 'INSERT INTO d.t SELECT a FROM d.t;'.repeat(40);
  const [job] = await clientOf(url).createQueryJob(doubling);
  let state = '';
  while (state !== 'RUNNING')
    [
      {
        status: { state },
      },
    ] = await job.getMetadata();
  child.kill('SIGKILL');
  await once(child, 'exit');

  expect(existsSync(join(dir, 'server.json'))).toBe(true);
  expect(await findRunningServer(dir)).toBeUndefined();
  const next = await start(dir);
  expect(await query(next.url, 'SELECT COUNT(*) AS c FROM d.t')).toEqual([{ c: 1 }]);
});

test('a read-only server answers queries and refuses changes', async () => {
  const dir = newFolder();
  const first = await start(dir);
  await query(first.url, 'CREATE SCHEMA d; CREATE TABLE d.t AS SELECT 1 AS a');
  await first.close();
  const { url } = await start(dir, { readOnly: true });
  expect(await query(url, 'SELECT a FROM d.t')).toEqual([{ a: 1 }]);
  await expect(query(url, 'DELETE FROM d.t WHERE TRUE')).rejects.toThrow('read-only');
  expect(await query(url, 'SELECT a FROM d.t')).toEqual([{ a: 1 }]);
});

describe('what cannot be opened gets one sentence', () => {
  test('a folder that is no warehouse', async () => {
    const dir = newFolder();
    mkdirSync(dir);
    writeFileSync(join(dir, 'letter.txt'), 'Dear all');
    await expect(start(dir)).rejects.toThrow(
      /is no warehouse .*: name a new or an empty folder\.$/,
    );
    expect(readFileSync(join(dir, 'letter.txt'), 'utf8')).toBe('Dear all');
  });

  test('a folder that cannot be made', async () => {
    // Even root makes no folders there.
    await expect(start('/proc/tributary/warehouse')).rejects.toThrow(
      /^The folder \/proc(\/tributary)? cannot be made \([A-Z]+\): name another one with --warehouse\.$/,
    );
  });

  test('a file', async () => {
    const dir = newFolder();
    writeFileSync(dir, '');
    await expect(start(dir)).rejects.toThrow('is a file, not a warehouse folder');
  });

  test.each([
    [0, 'older format 0'],
    [999, 'upgrade Tributary'],
  ])('format %i', async (format, message) => {
    const dir = newFolder();
    mkdirSync(dir);
    writeFileSync(join(dir, 'warehouse.json'), JSON.stringify({ format }));
    await expect(start(dir)).rejects.toThrow(message);
  });

  test('a damaged database', async () => {
    const dir = newFolder();
    await (await start(dir)).close();
    writeFileSync(join(dir, 'warehouse.duckdb'), 'this is no database, whatever its name may say');
    await expect(start(dir)).rejects.toThrow(/cannot be opened .*put back a copy, or delete/);
  });

  test('a port in use', async () => {
    const other = createServer();
    await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
    const { port } = other.address() as AddressInfo;
    const dir = newFolder();
    await expect(start(dir, { port })).rejects.toThrow(`Port ${port} is in use`);
    other.close();
    await start(dir);
  });
});
