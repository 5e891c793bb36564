import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** A local BigQuery that runs beside the benchmark. */
export interface ServedWarehouse {
  readonly url: string;
  readonly pid: number;
  close(): Promise<void>;
}

/** Serves a folder with so much memory for DuckDB, in megabytes. */
export async function serveWarehouse(
  dir: string,
  projectId: string,
  memoryMegabytes: number,
): Promise<ServedWarehouse> {
  const child = fork(
    join(__dirname, 'server-process.ts'),
    [dir, projectId, String(memoryMegabytes)],
    { execArgv: ['--require', join(__dirname, '..', 'typescript.cjs')] },
  );
  const exited = once(child, 'exit');
  const url = await Promise.race([
    once(child, 'message').then(([message]) => String(message)),
    exited.then(([code]): never => {
      throw new Error(`The local BigQuery ended with ${code} before it was ready.`);
    }),
  ]);
  return {
    url,
    pid: child.pid ?? 0,
    async close() {
      child.send('close');
      await exited;
    },
  };
}
