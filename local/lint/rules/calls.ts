import { closingBracket, type SqlText, type Token } from '../sqlx/sql-text';

/** A function call as it is written: `NET.HOST(`, without what stands in its brackets. */
export interface Call {
  /** In upper case, with what stands before its dots. */
  readonly name: string;
  readonly offset: number;
  /** Indexes of its brackets among the tokens. */
  readonly open: number;
  readonly close: number;
}

/** All words that are followed by a bracket. */
export function findCalls({ tokens }: SqlText): Call[] {
  return tokens.flatMap((token, i) => {
    if (token.kind !== 'word' || tokens[i + 1]?.text !== '(') return [];
    let first = i;
    while (tokens[first - 1]?.text === '.' && tokens[first - 2]?.kind === 'word') first -= 2;
    const words = tokens.slice(first, i + 1).map(({ upper }) => upper);
    return [
      {
        name: words.join(''),
        offset: (tokens[first] as Token).offset,
        open: i + 1,
        close: closingBracket(tokens, i + 1),
      },
    ];
  });
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
