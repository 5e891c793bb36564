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

/** A table of at most 80 columns: by decile, and all that are open at all in the last line. */
export function calibrationLines(deciles: readonly Decile[]): string[] {
  const line = (range: string, { pairs, expected, matches }: Decile): string => {
    const [mean, share] = [expected / pairs, matches / pairs].map((value) => value.toFixed(3));
    const counts = [expected, matches].map((count) => whole(count).padStart(12)).join('');
    return `  ${range.padEnd(11)} ${whole(pairs).padStart(10)}  ${mean}  ${share}${counts}`;
  };
  const open = deciles.slice(1, 9).reduce(
    (sum, one) => ({
      pairs: sum.pairs + one.pairs,
      expected: sum.expected + one.expected,
      matches: sum.matches + one.matches,
    }),
    { pairs: 0, expected: 0, matches: 0 },
  );
  return [
    '  Pairs from 0.01 on; of them one person: by mean probability, and in truth',
    '  probability      pairs   mean  truth    expected       there',
    ...deciles.flatMap((one, at) => (one.pairs === 0 ? [] : [line(rangeOf(at, at + 1), one)])),
    ...(open.pairs === 0 ? [] : [line(rangeOf(1, 9), open)]),
  ];
}

const whole = (count: number): string => Math.round(count).toLocaleString('en');
const rangeOf = (from: number, to: number): string =>
  `${(from / 10).toFixed(1)} to ${(to / 10).toFixed(1)}`;
