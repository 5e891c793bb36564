import { tokenizeSql } from '../../bigquery/sql/script';
import { placeAt } from '../problem';
import { type AlignedPiece, alignTemplate } from './align';
import type { SourceFile } from './source-file';
import type { Template } from './split';

export interface Token {
  readonly kind: 'word' | 'name' | 'string' | 'symbol' | 'comment';
  readonly text: string;
  /** The text in upper case, for words; for others as it stands. */
  readonly upper: string;
  /** Character offset in the compiled text. */
  readonly offset: number;
}

/** Where something stands in the source. */
export interface SourcePlace {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
  /** The placeholder whose value holds it: `${visitors.visitorId("events")}`. */
  readonly placeholder?: string;
  /** The lines of the source where an exception may stand, as offsets. */
  readonly offsets?: readonly number[];
}

/** One statement (or a few) as BigQuery receives it, which knows where it was written. */
export class SqlText {
  /** All tokens but blanks and comments. */
  readonly tokens: readonly Token[];
  readonly comments: readonly Token[];
  private readonly pieces: readonly AlignedPiece[] | undefined;

  constructor(
    readonly text: string,
    readonly file: string,
    readonly source: SourceFile | undefined,
    templates: readonly Template[],
  ) {
    const tokens = [...readTokens(text)];
    this.tokens = tokens.filter(({ kind }) => kind !== 'comment');
    this.comments = tokens.filter(({ kind }) => kind === 'comment');
    for (const template of source ? templates : []) {
      this.pieces = alignTemplate(source?.text ?? '', template, text);
      if (this.pieces) break;
    }
  }

  /** The place in the source of a character of the compiled text. */
  place(offset: number): SourcePlace {
    const piece = this.pieces?.findLast(({ at }) => at <= offset);
    if (!piece || !this.source) return { file: this.file };
    const source = this.source.text;
    if (piece.kind === 'text') {
      const within = Math.min(piece.start + offset - piece.at, piece.end);
      return { file: this.file, ...placeAt(source, within), offsets: [within] };
    }
    const code = source.slice(piece.start, piece.end);
    const line = this.lineOf(offset);
    const written = line.text.trim();
    const found = written.length > 3 ? code.indexOf(written) : -1;
    if (found >= 0) {
      const indent = line.text.length - line.text.trimStart().length;
      const column = Math.max(0, offset - line.start - indent);
      const within = piece.start + found + column;
      return { file: this.file, ...placeAt(source, within), offsets: [within, piece.start] };
    }
    const place = placeAt(source, piece.start);
    return { file: this.file, ...place, placeholder: shorten(code), offsets: [piece.start] };
  }

  /** The line of the compiled text that a character stands in. */
  lineOf(offset: number): { readonly start: number; readonly text: string } {
    const start = this.text.lastIndexOf('\n', offset - 1) + 1;
    const end = this.text.indexOf('\n', offset);
    return { start, text: this.text.slice(start, end < 0 ? undefined : end) };
  }
}

function shorten(code: string): string {
  const line = code.replace(/\s+/g, ' ');
  return line.length <= 60 ? line : `${line.slice(0, 56)}...}`;
}

function* readTokens(text: string): Generator<Token> {
  for (const { text: token, offset } of tokenizeSql(text)) {
    const kind = kindOf(token);
    if (kind) {
      const upper = kind === 'word' ? token.toUpperCase() : token;
      yield { kind, text: token, upper, offset };
    }
  }
}

function kindOf(token: string): Token['kind'] | undefined {
  if (/^\s/.test(token)) return undefined;
  if (/^(--|#|\/\*)/.test(token)) return 'comment';
  if (/^(?:br|rb|[rb])?['"]/i.test(token)) return 'string';
  if (token.startsWith('`')) return 'name';
  return /^[A-Za-z_]/.test(token) ? 'word' : 'symbol';
}

/** The index of the bracket that closes the one at `open`; the last token where none does. */
export function closingBracket(tokens: readonly Token[], open: number): number {
  let depth = 0;
  for (let i = open; i < tokens.length; i++) {
    const text = tokens[i]?.text;
    if (text === '(') depth++;
    else if (text === ')' && --depth === 0) return i;
  }
  return tokens.length - 1;
}

/** A place and what is said of it; a message tells the placeholder whose value it is about. */
export function describePlace(
  { file, line, column, placeholder }: SourcePlace,
  message: string,
): { file: string; line: number | undefined; column: number | undefined; message: string } {
  return {
    file,
    line,
    column,
    message: placeholder ? `${message} (in what ${placeholder} gives)` : message,
  };
}
