import type { Rule } from './rule';

/** The rules as the table of the README, so that a test can hold one against the other. */
export function ruleTable(rules: readonly Rule[]): string {
  return [
    '| rule | holds | bad | good |',
    '|---|---|---|---|',
    ...rules.map(
      ({ name, about, bad, good }) => `| ${name} | ${cell(about)} | ${code(bad)} | ${code(good)} |`,
    ),
  ].join('\n');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}

function code(text: string): string {
  return `\`${cell(text)}\``;
}
