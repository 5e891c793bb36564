import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(__dirname, '../..');
const command = join(root, 'local/cli/tributary.js');

/** What a finished command left behind. */
export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The real `tributary` command, as a child process, on a warehouse in a temporary folder. */
export interface TributaryCommand {
  readonly dir: string;
  /** Runs the command to its end. */
  run(...args: readonly string[]): Promise<Finished>;
  /** As `run`; throws with what the command said where it fails. */
  succeed(...args: readonly string[]): Promise<Finished>;
  /** The rows of a query. */
  query<T = Record<string, unknown>>(sql: string): Promise<T[]>;
  /** Starts the command and leaves it running; it is stopped by `remove`, if not before. */
  start(...args: readonly string[]): ChildProcess;
  /** Stops what still runs and removes the folder. */
  remove(): Promise<void>;
}

/** @throws Error where the command was not built yet */
export function createTributary(environment: Readonly<Record<string, string>> = {}) {
  if (!existsSync(join(root, 'local/dist/cli/main.js'))) {
    throw new Error('The tributary command is not built: run `npm run build` before this test.');
  }
  const folder = mkdtempSync(join(tmpdir(), 'tributary-command-'));
  const dir = join(folder, 'warehouse');
  const children = new Set<ChildProcess>();

  const start: TributaryCommand['start'] = (...args) => {
    const child = spawn(process.execPath, [command, '--warehouse', dir, ...args], {
      cwd: root,
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    children.add(child);
    child.once('close', () => children.delete(child));
    return child;
  };
  const run: TributaryCommand['run'] = (...args) => finish(start(...args));
  const succeed: TributaryCommand['succeed'] = async (...args) => {
    const finished = await run(...args);
    if (finished.code === 0) return finished;
    throw new Error(`tributary ${args.join(' ')} failed:\n${finished.stderr}`);
  };
  const tributary: TributaryCommand = {
    dir,
    run,
    succeed,
    start,
    query: async (sql) => JSON.parse((await succeed('query', sql, '--json')).stdout),
    async remove() {
      await Promise.all([...children].map(stop));
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return tributary;
}

/** Waits for the end of a child and gives what it wrote. */
export function finish(child: ChildProcess): Promise<Finished> {
  const written = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (text: string) => {
      written[name] += text;
    });
  }
  return new Promise((done, fail) => {
    child.once('error', fail);
    child.once('close', (code) => done({ code, ...written }));
  });
}

/** Asks a child to stop, as Ctrl+C does, and waits until it has. */
export function stop(child: ChildProcess): Promise<Finished> {
  const finished = finish(child);
  child.kill('SIGINT');
  return finished;
}

/** Waits until a child has written something; throws where it ends before. */
export function waitFor(child: ChildProcess, pattern: RegExp): Promise<RegExpExecArray> {
  let written = '';
  return new Promise((done, fail) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        written += text;
        const match = pattern.exec(written);
        if (match) done(match);
      });
    }
    child.once('close', () => fail(new Error(`The command ended before ${pattern}:\n${written}`)));
  });
}
