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
const TOKENS = [
  /--[^\n]*/,
  /#[^\n]*/,
  /\/\*[\s\S]*?\*\//,
  /(?:br|rb|[rb])?(?:'''(?:\\[\s\S]|[^\\])*?'''|"""(?:\\[\s\S]|[^\\])*?""")/,
  /(?:br|rb|[rb])?(?:'(?:\\[\s\S]|[^'\\\n])*'|"(?:\\[\s\S]|[^"\\\n])*")/,
  /`(?:\\.|[^`\\\n])*`/,
  /;/,
  /\s+/,
  /[A-Za-z_][A-Za-z0-9_]*/,
  /[\s\S]/,
];

const TOKEN = new RegExp(TOKENS.map((token) => token.source).join('|'), 'giy');

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
  for (const { text: token, offset: index } of tokenizeSql(script)) {
    if (token === ';') flush();
    else if (!/^(\s|--|#|\/\*)/.test(token)) {
      refuseOpen(token, script, index);
      if (start < 0) start = index;
      end = index + token.length;
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
