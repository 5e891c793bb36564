import { BigQueryError } from './errors';

/** One statement of a script, and where its text begins in the script. */
export interface ScriptStatement {
  /** Without the semicolon and the blanks and comments before the first word. */
  readonly text: string;
  /** Character offset in the script. */
  readonly offset: number;
  /** Line and column of the first character, from 1. */
  readonly line: number;
  readonly column: number;
}

/** What a semicolon may hide in: comments, strings (raw and bytes too), quoted names. */
const OPAQUE = [
  /--[^\n]*/,
  /#[^\n]*/,
  /\/\*[\s\S]*?\*\//,
  /(?:br|rb|[rb])?(?:'''(?:\\[\s\S]|[^\\])*?'''|"""(?:\\[\s\S]|[^\\])*?""")/,
  /(?:br|rb|[rb])?(?:'(?:\\[\s\S]|[^'\\\n])*'|"(?:\\[\s\S]|[^"\\\n])*")/,
  /`(?:\\.|[^`\\\n])*`/,
];

const either = (...parts: readonly RegExp[]): RegExp =>
  new RegExp(parts.map((part) => part.source).join('|'), 'giy');

const TOKEN = either(...OPAQUE, /\s+/, /[A-Za-z_][A-Za-z0-9_]*/, /[\s\S]/);

/** In larger steps: what no semicolon can hide in is one. A prefix of a string is left before it. */
const STRETCH = either(...OPAQUE, /;/, /[^;'"`#/-]+/, /[\s\S]/);

/** A piece of SQL text: a word, a string, a comment, blanks, or one other character. */
export interface SqlToken {
  readonly text: string;
  /** Character offset in the text. */
  readonly offset: number;
}

/** Takes a text apart without leaving anything out. */
export function* tokenizeSql(text: string): Generator<SqlToken> {
  for (const { 0: token, index } of text.matchAll(TOKEN)) yield { text: token, offset: index };
}

/** Splits a script at its semicolons. Empty statements vanish. */
export function splitScript(script: string): ScriptStatement[] {
  const statements: ScriptStatement[] = [];
  let start = -1;
  let end = 0;
  const flush = (): void => {
    if (start >= 0)
      statements.push({ text: script.slice(start, end), offset: start, ...place(script, start) });
    start = -1;
  };
  for (const { 0: stretch, index } of script.matchAll(STRETCH)) {
    if (stretch === ';') flush();
    else if (!/^(--|#|\/\*|\s+$)/.test(stretch)) {
      refuseOpen(stretch, script, index);
      if (start < 0) start = index + stretch.search(/\S/);
      end = index + stretch.trimEnd().length;
    }
  }
  flush();
  return statements;
}

/** A quote that no token could close runs to the end of the script. */
function refuseOpen(token: string, script: string, index: number): void {
  if (token === "'" || token === '"' || token === '`') {
    throw new BigQueryError(
      'invalidQuery',
      'Syntax error: Unclosed string or name',
      place(script, index),
    );
  }
}

function place(script: string, offset: number): { readonly line: number; readonly column: number } {
  const before = script.slice(0, offset);
  const line = before.split('\n').length;
  return { line, column: offset - before.lastIndexOf('\n') };
}

/** Moves the place of an error in a statement to its place in the script. */
export function relocate(error: BigQueryError, statement: ScriptStatement): BigQueryError {
  if (!error.location) return error;
  const { line, column } = error.location;
  return error.at({
    line: statement.line + line - 1,
    column: line === 1 ? statement.column + column - 1 : column,
  });
}
