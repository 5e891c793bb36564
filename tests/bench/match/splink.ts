import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { scoreClusters } from './score';

const run = promisify(execFile);

/** Python that has Splink: of TRIBUTARY_PYTHON, or python3. */
const PYTHON = process.env.TRIBUTARY_PYTHON ?? 'python3';

/**
 * Splink on the same file, beside ours: the ratio of time and of F1; or that it is not there.
 *
 * @param persons by place in the file
 * @param ours seconds and F1 of `tributary match`
 */
export async function compareSplink(
  folder: string,
  file: string,
  persons: Int32Array,
  ours: { readonly seconds: number; readonly f1: number },
): Promise<string> {
  try {
    await run(PYTHON, ['-c', 'import splink']);
  } catch {
    return `Splink is not there: ${PYTHON} can't import it (pip install splink, or set TRIBUTARY_PYTHON).`;
  }
  const out = join(folder, 'splink.csv');
  const { stdout } = await run(PYTHON, [join(__dirname, 'with_splink.py'), file, out], {
    maxBuffer: 1e8,
  });
  const seconds = Number(stdout.trim().split('\n').at(-1));
  const called = new Map<string, string>();
  for (const line of readFileSync(out, 'utf8').trim().split('\n').slice(1)) {
    const [id = '', cluster = ''] = line.split(',');
    called.set(id, cluster);
  }
  const numbers = new Map<string, number>();
  const clusters = Int32Array.from(idsOf(file), (id) => {
    const cluster = called.get(id) ?? `alone ${id}`;
    const known = numbers.get(cluster);
    if (known !== undefined) return known;
    numbers.set(cluster, numbers.size);
    return numbers.size - 1;
  });
  const { precision, recall, f1 } = scoreClusters(persons, clusters);
  return `Splink: ${seconds.toFixed(1)} s, precision ${precision.toFixed(4)}, recall ${recall.toFixed(4)}, F1 ${f1.toFixed(4)}; ours takes ${(ours.seconds / seconds).toFixed(2)} of its time, and F1 is ${(ours.f1 / f1).toFixed(3)} of its`;
}

function idsOf(file: string): string[] {
  const lines = readFileSync(file, 'utf8').trim().split('\n').slice(1);
  return lines.map((line) => line.slice(0, line.indexOf(',')));
}
