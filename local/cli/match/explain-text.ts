import type { Explanation, ExplanationStep } from '@tributary/functions/identity/explain';

/** Columns of the bar; the middle is 0. */
const BAR = 21;
const HALF = (BAR - 1) / 2;

/**
 * The waterfall of a pair, at most 80 columns wide: from the odds of any two records, step by step,
 * to the pair's own, and what became of them.
 *
 * @param verdict see explainCluster
 */
export function explanationText(
  explanation: Explanation,
  ids: readonly [string, string],
  verdict: string,
): string {
  const { steps, weight, probability } = explanation;
  const most = Math.max(...steps.map((step) => Math.abs(step.weight)), 1);
  const lines = [
    `${cut(ids[0], 30)} and ${cut(ids[1], 30)}`,
    '',
    `${'comparison'.padEnd(14)}  ${'agreement'.padEnd(20)}   weight  ${' '.repeat(HALF)}0`,
  ];
  for (const step of steps) {
    const name = cut(step.name, 14).padEnd(14);
    const level = cut(wordsOf(step), 20).padEnd(20);
    lines.push(`${name}  ${level}  ${signed(step.weight).padStart(7)}  ${bar(step.weight / most)}`);
    if (step.name !== 'prior') lines.push(`  ${cut(valuesOf(step), 76)}`);
  }
  const percent = (100 * probability).toFixed(probability > 0.999 ? 4 : 2);
  lines.push(
    '',
    `Sum ${signed(weight)} bits (each bit doubles the odds): one person with ${percent}%.`,
    verdict,
  );
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}

function wordsOf({ name, level }: ExplanationStep): string {
  return name === 'prior' && level === '' ? 'any two records' : level.replaceAll('_', ' ');
}

function valuesOf({ left, right }: ExplanationStep): string {
  if (left !== null && left === right) return left;
  return `${cut(left ?? '(nothing)', 36)} | ${cut(right ?? '(nothing)', 36)}`;
}

/** A bar to the right for, to the left against. */
function bar(share: number): string {
  const length = Math.round(Math.abs(share) * HALF);
  if (share < 0) return `${' '.repeat(HALF - length)}${'█'.repeat(length)}│`;
  return `${' '.repeat(HALF)}│${'█'.repeat(length)}`;
}

function signed(value: number): string {
  return `${value < 0 ? '-' : '+'}${Math.abs(value).toFixed(2)}`;
}

/** At most so many letters. */
export function cut(text: string, width: number): string {
  const letters = [...text];
  return letters.length <= width ? text : `${letters.slice(0, width - 1).join('')}…`;
}
