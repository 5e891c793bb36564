/** Something a rule found, where it stands, and what to write instead. */
export interface Problem {
  readonly rule: string;
  /** Relative to the project, with slashes. */
  readonly file: string;
  /** From 1; undefined where only the file is known. */
  readonly line?: number | undefined;
  readonly column?: number | undefined;
  /** What is wrong; ends with "write ... instead" or what else mends it. */
  readonly message: string;
}

/** `file:line:column rule: message`, as editors and terminals make links of it. */
export function formatProblem({ rule, file, line, column, message }: Problem): string {
  const place = line === undefined ? file : `${file}:${line}:${column ?? 1}`;
  return `${place} ${rule}: ${message}`;
}

/** By file, line and column, each problem once: the same line is read in several statements. */
export function sortProblems(problems: readonly Problem[]): Problem[] {
  const byText = new Map(problems.map((problem) => [formatProblem(problem), problem]));
  return [...byText.values()].sort(
    (left, right) =>
      compare(left.file, right.file) ||
      (left.line ?? 0) - (right.line ?? 0) ||
      (left.column ?? 0) - (right.column ?? 0) ||
      compare(left.rule, right.rule),
  );
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Line and column, from 1, of a character in a text. */
export function placeAt(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  const lastBreak = before.lastIndexOf('\n');
  return { line: before.split('\n').length, column: offset - lastBreak };
}

/** The character at a line and column, both from 1. */
export function offsetAt(text: string, line: number, column: number): number {
  let start = 0;
  for (let i = 1; i < line; i++) {
    const next = text.indexOf('\n', start);
    if (next < 0) break;
    start = next + 1;
  }
  return start + column - 1;
}
