import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

interface Decile {
  pairs: number;
  expected: number;
  matches: number;
}

/**
 * By decile of the probability: how many pairs, their mean probability, and how many of them are
 * one person. Of probabilities that are right the last two are equal.
 *
 * @param file CSV as `match --pairs` writes it, with record numbers as ids
 */
export async function readCalibration(file: string, persons: Int32Array): Promise<Decile[]> {
  const deciles = Array.from({ length: 10 }, () => ({ pairs: 0, expected: 0, matches: 0 }));
  let isHeader = true;
  for await (const line of createInterface({ input: createReadStream(file) })) {
    const [left, right, , probability] = line.split(',').map(Number);
    const decile = deciles[Math.min(9, Math.floor(10 * (probability ?? 0)))];
    if (!isHeader && decile) {
      decile.pairs += 1;
      decile.expected += probability ?? 0;
      decile.matches += Number(persons[left ?? -1] === persons[right ?? -1]);
    }
    isHeader = false;
  }
  return deciles;
}

export function calibrationLines(deciles: readonly Decile[]): string[] {
  const lines = ['  probability     pairs   mean  share of one person'];
  for (const [at, { pairs, expected, matches }] of deciles.entries()) {
    if (pairs === 0) continue;
    const range = `${(at / 10).toFixed(1)} to ${((at + 1) / 10).toFixed(1)}`;
    const [mean, share] = [expected / pairs, matches / pairs].map((value) => value.toFixed(3));
    lines.push(`  ${range.padEnd(11)} ${String(pairs).padStart(9)}  ${mean}  ${share}`);
  }
  return lines;
}
