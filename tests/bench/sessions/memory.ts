import { readdirSync, readFileSync } from 'node:fs';

/** What Linux counts the time of processes in. */
const TICKS_PER_SECOND = 100;

/** Peak of the resident memory of a process so far, in megabytes; 0 where /proc doesn't tell it. */
export function peakMegabytes(pid: number): number {
  const kilobytes = /VmHWM:\s+(\d+) kB/.exec(read(`/proc/${pid}/status`))?.[1];
  return Math.round(Number(kilobytes ?? 0) / 1024);
}

/** Seconds of the processor that a process has used so far, all threads; 0 without /proc. */
export function processorSeconds(pid: number): number {
  // The name of the program, in parentheses, may hold anything: what follows it is counted.
  const fields = read(`/proc/${pid}/stat`).split(') ').at(-1)?.split(' ') ?? [];
  const ticks = Number(fields[11] ?? 0) + Number(fields[12] ?? 0);
  return ticks / TICKS_PER_SECOND;
}

/** The processes that a process has started, and those that these have started. */
export function descendants(pid: number): number[] {
  return children(pid).flatMap((child) => [child, ...descendants(child)]);
}

/** Peaks of the processes below one that come and go while `work` runs, summed by process. */
export async function watchPeaks<T>(
  pid: number,
  isOther: (pid: number) => boolean,
  work: () => Promise<T>,
): Promise<{ readonly result: T; readonly megabytes: number }> {
  const peaks = new Map<number, number>();
  const look = () => {
    for (const child of descendants(pid)) {
      if (!isOther(child)) peaks.set(child, Math.max(peaks.get(child) ?? 0, peakMegabytes(child)));
    }
  };
  const timer = setInterval(look, 200);
  try {
    const result = await work();
    return { result, megabytes: [...peaks.values()].reduce((sum, peak) => sum + peak, 0) };
  } finally {
    clearInterval(timer);
  }
}

function children(pid: number): number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((task) =>
      read(`/proc/${pid}/task/${task}/children`).split(' ').filter(Boolean).map(Number),
    );
  } catch {
    return [];
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
