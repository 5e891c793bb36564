import type { CaseResult, Finding } from './case-result';
import { printDifferences } from './print-differences';

/** Characters a line, and differences a finding: more does not help to see what is wrong. */
const WIDTH = 80;
const LIMIT = 20;

/** '✓ model/case  0.42 s', and under a case that failed what each check found. */
export function printResult(result: CaseResult): string {
  const mark = result.isPassed ? '✓' : '✗';
  const head = `${mark} ${result.model}/${result.case}  ${seconds(result.milliseconds)}`;
  return [head, ...result.findings.flatMap(printFinding)].join('\n');
}

function printFinding({ step, message, key = [], differences = [] }: Finding): string[] {
  if (message !== undefined) return indent(2, [`${step}: ${message}`]);
  const count = differences.length === 1 ? '1 difference' : `${differences.length} differences`;
  const table = printDifferences(key, differences, { width: WIDTH - 4, limit: LIMIT });
  return [...indent(2, [`${step}: ${count}`]), ...indent(4, table)];
}

/** '58 cases: 57 passed, 1 failed; 9 repeated, 7 compared with a full refresh; 12.3 s'. */
export function printSummary(results: readonly CaseResult[], milliseconds: number): string {
  const failed = results.filter(({ isPassed }) => !isPassed).length;
  const counted = (check: string): number =>
    results.filter(({ checks }) => checks.includes(check)).length;
  const parts = [
    `${results.length === 1 ? '1 case' : `${results.length} cases`}: ${results.length - failed} passed, ${failed} failed`,
    `${counted('repeat')} repeated, ${counted('full refresh')} compared with a full refresh`,
    seconds(milliseconds),
  ];
  return parts.join('; ');
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

function indent(blanks: number, lines: readonly string[]): string[] {
  return lines.flatMap((line) => line.split('\n')).map((line) => ' '.repeat(blanks) + line);
}
