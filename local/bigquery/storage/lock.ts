import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { warehousePaths } from './folder';

/** The process that serves a warehouse. */
interface RunningServer {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
}

const serverFile = z.object({ pid: z.number().int(), port: z.number().int(), url: z.string() });
const health = z.object({ warehouse: z.string() });

/**
 * The server that serves the warehouse at this moment, or undefined. A file left behind by a
 * killed process is ignored: the server must answer, and answer for this folder.
 */
export async function findRunningServer(warehouseDir: string): Promise<RunningServer | undefined> {
  const folder = warehousePaths(warehouseDir);
  const server = readServerFile(folder.server);
  if (!server || !isAlive(server.pid)) return undefined;
  try {
    const response = await fetch(`${server.url}/`, { signal: AbortSignal.timeout(2000) });
    const answer = health.safeParse(await response.json());
    return answer.success && answer.data.warehouse === folder.dir ? server : undefined;
  } catch {
    return undefined;
  }
}

/** Announces this process as the server; written whole or not at all. */
export function writeServerFile(file: string, server: RunningServer): void {
  const draft = `${file}.${server.pid}`;
  writeFileSync(draft, `${JSON.stringify(server)}\n`);
  renameSync(draft, file);
}

/** Removes the announcement if it is still this process's own. */
export function removeServerFile(file: string, pid: number): void {
  if (readServerFile(file)?.pid === pid) rmSync(file, { force: true });
}

function readServerFile(file: string): RunningServer | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return serverFile.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
