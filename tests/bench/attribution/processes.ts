import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const BIN = join(__dirname, '..', '..', '..', 'local', 'cli', 'tributary.js');
const TIME = '/usr/bin/time';

export interface Seconds {
  readonly median: number;
  readonly least: number;
}

/** Seconds of `runs` runs, of which the median counts: the machine may have other work. */
export async function secondsOf(
  runs: number,
  run: () => Promise<unknown> | unknown,
): Promise<Seconds> {
  const seconds: number[] = [];
  for (let turn = 0; turn < runs; turn += 1) {
    const started = performance.now();
    await run();
    seconds.push((performance.now() - started) / 1000);
  }
  seconds.sort((a, b) => a - b);
  return { median: seconds[Math.floor((runs - 1) / 2)] as number, least: seconds[0] as number };
}

/** A whole process, from its start to its end. @throws Error with what it said, where it failed */
export function runProcess(command: string, args: readonly string[]): void {
  const { status, stderr, error } = spawnSync(command, args, { encoding: 'utf8' });
  if (error) throw error;
  if (status !== 0) throw new Error(`${command} failed: ${stderr}`);
}

export function runAttribute(args: readonly string[]): void {
  runProcess(process.execPath, [BIN, 'attribute', ...args]);
}

export interface Usage {
  /** Of the processor, by the program and by the system for it: other work counts less in it. */
  readonly cpuSeconds: number;
  readonly megabytes: number;
}

/** What a command uses, in one run; undefined on machines without GNU time. */
export function usageOfAttribute(args: readonly string[]): Usage | undefined {
  if (!existsSync(TIME)) return undefined;
  const format = ['-f', '%U %S %M'];
  const { status, stderr } = spawnSync(
    TIME,
    [...format, process.execPath, BIN, 'attribute', ...args],
    { encoding: 'utf8' },
  );
  const [user, system, kilobytes] = (stderr.trim().split('\n').at(-1) ?? '').split(' ').map(Number);
  if (status !== 0 || !user || system === undefined || !kilobytes) return undefined;
  return { cpuSeconds: user + system, megabytes: kilobytes / 1000 };
}
