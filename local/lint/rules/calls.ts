import { closingBracket, type SqlText, type Token } from '../sqlx/sql-text';

/** A function call as it is written: `NET.HOST(`, without what stands in its brackets. */
export interface Call {
  /** In upper case, with what stands before its dots. */
  readonly name: string;
  readonly offset: number;
  /** Index of the first token of its name. */
  readonly first: number;
  /** Indexes of its brackets among the tokens. */
  readonly open: number;
  readonly close: number;
}

/** All names that are followed by a bracket, those in backticks too: `rand`() is a call of RAND. */
export function findCalls({ tokens }: SqlText): Call[] {
  return tokens.flatMap((token, i) => {
    if (!isName(token) || tokens[i + 1]?.text !== '(') return [];
    let first = i;
    while (tokens[first - 1]?.text === '.' && isName(tokens[first - 2])) first -= 2;
    const words = tokens.slice(first, i + 1).map(nameOf);
    return [
      {
        name: words.join(''),
        offset: (tokens[first] as Token).offset,
        first,
        open: i + 1,
        close: closingBracket(tokens, i + 1),
      },
    ];
  });
}

function isName(token: Token | undefined): boolean {
  return token?.kind === 'word' || token?.kind === 'name';
}

function nameOf({ kind, text, upper }: Token): string {
  return kind === 'name' ? text.slice(1, -1).toUpperCase() : upper;
}

/** Indexes at which these words stand one after another. */
export function findWords({ tokens }: SqlText, ...words: readonly string[]): number[] {
  return tokens.flatMap((_, i) =>
    words.every((word, k) => tokens[i + k]?.upper === word) && tokens[i - 1]?.text !== '.'
      ? [i]
      : [],
  );
}

/** The offset of a token. */
export function offsetOf({ tokens }: SqlText, index: number): number {
  return tokens[index]?.offset ?? 0;
}
