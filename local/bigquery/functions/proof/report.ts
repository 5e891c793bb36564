import type { FunctionProof } from '../prove';

const WIDTH = 80;
const INDENT = 13;

/** One line a family, the totals, then every case that differs, in full; 80 columns wide. */
export function proofAsText(proofs: readonly FunctionProof[]): string {
  const families = [...new Set(proofs.map(({ family }) => family))];
  return [
    row('family', 'functions', 'cases', 'equal'),
    row('-'.repeat(16), '-'.repeat(9), '-'.repeat(7), '-'.repeat(7)),
    ...families.map((family) =>
      summary(
        family,
        proofs.filter((proof) => proof.family === family),
      ),
    ),
    summary('all', proofs),
    ...proofs.flatMap(differences),
    verdict(proofs),
  ].join('\n');
}

/** The same for programs. */
export function proofAsJson(proofs: readonly FunctionProof[]): string {
  const { functions, cases, equal, unknown } = totals(proofs);
  return JSON.stringify(
    { functionCount: functions, caseCount: cases, equal, unknown, functions: proofs },
    null,
    2,
  );
}

interface Totals {
  readonly functions: number;
  readonly cases: number;
  readonly equal: number;
  readonly unknown: number;
}

function totals(proofs: readonly FunctionProof[]): Totals {
  const cases = proofs.reduce((sum, { caseCount }) => sum + caseCount, 0);
  const different = proofs.reduce((sum, { disagreements }) => sum + disagreements.length, 0);
  const unknown = proofs.reduce((sum, { unknowns }) => sum + unknowns.length, 0);
  return { functions: proofs.length, cases, equal: cases - different - unknown, unknown };
}

function summary(name: string, proofs: readonly FunctionProof[]): string {
  const { functions, cases, equal } = totals(proofs);
  return row(name, String(functions), String(cases), String(equal));
}

function row(family: string, functions: string, cases: string, equal: string): string {
  return `${family.padEnd(16)}  ${functions.padStart(9)}  ${cases.padStart(7)}  ${equal.padStart(7)}`;
}

function differences({ signature, disagreements, unknowns }: FunctionProof): readonly string[] {
  const different = disagreements.flatMap(({ expression, reference, duck }) => [
    '',
    ...cut(signature, WIDTH),
    field('case', expression),
    field('Google', reference),
    field('DuckDB', duck),
  ]);
  const unknown = unknowns.flatMap((expression) => [
    '',
    ...cut(signature, WIDTH),
    field('case', expression),
    field('Google', 'no answer in time: nothing is known'),
  ]);
  return [...different, ...unknown];
}

/** `  name       text`, with what doesn't fit on lines of its own below. */
function field(name: string, text: string): string {
  const room = WIDTH - INDENT;
  const lines = text.split('\n').flatMap((line) => cut(line, room));
  return `  ${name.padEnd(INDENT - 2)}${lines.join(`\n${' '.repeat(INDENT)}`)}`;
}

function cut(line: string, room: number): readonly string[] {
  const pieces: string[] = [];
  for (let from = 0; from === 0 || from < line.length; from += room) {
    pieces.push(line.slice(from, from + room));
  }
  return pieces;
}

function verdict(proofs: readonly FunctionProof[]): string {
  const { cases, equal, unknown } = totals(proofs);
  if (cases === equal)
    return `\nAll ${cases} cases are answered as Google's reference engine answers them.`;
  const open = unknown === 0 ? '' : `, ${unknown} are unknown`;
  return `\n${cases - equal - unknown} of ${cases} cases differ${open}.`;
}
