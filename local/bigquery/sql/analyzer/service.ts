import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AnalyzerFiles, unavailable } from './binary';

/**
 * Runs the service given as arguments; when standard input ends, kills it and removes its folder
 * ($0). The other end of that pipe is held by our process alone, so the service goes with us even
 * on kill -9; it has no such watch of its own.
 */
const KEEPER = `
exec 3<&0
"$@" </dev/null 3<&- &
service=$!
(cat <&3 >/dev/null; kill -9 $service 2>/dev/null; rm -rf "$0") &
exec 3<&-
wait $service
`;

const START_TIMEOUT_MS = 20_000;

interface AnalyzerService {
  /** The service's socket, in a folder that only this user can enter. */
  readonly socket: string;
  stop(): void;
}

/** Starts the analyzer's process and waits until it listens (about 40 ms). */
export async function startService(files: AnalyzerFiles): Promise<AnalyzerService> {
  const folder = mkdtempSync(join(tmpdir(), 'tributary-sql-'));
  // The service joins host and port with a colon: on a unix socket that makes the file 'socket:1'.
  const socket = join(folder, 'socket');
  const command = [KEEPER, folder, files.executable, `unix:${socket}`, '1'];
  const keeper = spawn('/bin/sh', ['-c', ...command], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const stop = (): void => {
    keeper.stdin.destroy();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await listening(keeper);
  } catch (error) {
    stop();
    throw error;
  }
  release(keeper);
  return { socket: `${socket}:1`, stop };
}

function listening(keeper: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let output = '';
    const fail = (why: string): void => {
      clearTimeout(timer);
      reject(unavailable(`${why}${output === '' ? '' : ` (${output.trim().slice(-300)})`}`));
    };
    const timer = setTimeout(() => fail('did not answer in time'), START_TIMEOUT_MS);
    const read = (chunk: Buffer): void => {
      output += chunk.toString();
      if (!output.includes('Server listening')) return;
      clearTimeout(timer);
      resolve();
    };
    keeper.stdout?.on('data', read);
    keeper.stderr?.on('data', read);
    keeper.once('error', (error) => fail(`could not be run: ${error.message}`));
    keeper.once('exit', () => fail('could not be run on this machine'));
  });
}

/** Neither the process nor its pipes keep ours alive; what it prints from now on is dropped. */
function release(keeper: ChildProcess): void {
  keeper.removeAllListeners('exit');
  keeper.unref();
  for (const stream of [keeper.stdin, keeper.stdout, keeper.stderr]) {
    (stream as unknown as { unref?: () => void } | null)?.unref?.();
  }
  keeper.stdin?.on('error', () => undefined);
  keeper.stdout?.resume();
  keeper.stderr?.resume();
}
