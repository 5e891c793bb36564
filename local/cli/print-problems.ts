import { formatProblem, type Problem } from '../lint/problem';
import { wrap } from './wrap';

/**
 * Problems as lines of text: wrapped for a terminal of that many columns, one line each where
 * another program reads them (undefined).
 */
export function printProblems(problems: readonly Problem[], columns: number | undefined): string[] {
  const lines = problems.map(formatProblem);
  if (columns === undefined) return lines;
  const width = Math.min(columns, WIDEST);
  return lines.flatMap((line) => {
    const [first = '', ...rest] = wrap(line, width - INDENT.length);
    return [first, ...rest.map((text) => INDENT + text)];
  });
}

/** Longer lines are hard to read. */
const WIDEST = 100;
const INDENT = '  ';
