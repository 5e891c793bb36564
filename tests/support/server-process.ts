import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import type { LocalBigQueryOptions } from '@tributary/local/bigquery/server';

const server = resolve(__dirname, '../../local/dist/bigquery/server.js');

/** A local BigQuery in a process of its own, so that it can be killed. */
export interface ServerProcess {
  readonly url: string;
  /** kill -9; resolves when the process is gone. */
  kill(): Promise<void>;
}

/** Starts a server as a child process; throws with what it wrote where it does not start. */
export async function startServerProcess(options: LocalBigQueryOptions): Promise<ServerProcess> {
  const child = spawn(
    process.execPath,
    [
      '-e',
      `require(${JSON.stringify(server)}).startLocalBigQuery(${JSON.stringify(options)})
         .then(({ url }) => console.log(url))`,
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const url = await firstLine(child);
  return {
    url,
    async kill() {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}

function firstLine(child: ChildProcess): Promise<string> {
  let errors = '';
  child.stderr?.on('data', (text) => {
    errors += text;
  });
  return new Promise((done, fail) => {
    child.stdout?.once('data', (line) => done(String(line).trim()));
    child.once('exit', () => fail(new Error(`The server did not start: ${errors}`)));
  });
}
