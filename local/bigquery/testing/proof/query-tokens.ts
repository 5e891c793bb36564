import { type SqlToken, tokenizeSql } from '../../sql/script';

/** The tokens of a query without spaces and comments. */
export function queryTokens(sql: string): readonly SqlToken[] {
  return [...tokenizeSql(sql)].filter(({ text }) => !/^(\s|--|#|\/\*)/.test(text));
}

/** Index of the parenthesis that closes the one at `from`; -1 where none does. */
export function closing(tokens: readonly Pick<SqlToken, 'text'>[], from: number): number {
  let depth = 0;
  for (let index = from; index < tokens.length; index++) {
    const text = tokens[index]?.text;
    if (text === '(') depth++;
    else if (text === ')' && --depth === 0) return index;
  }
  return -1;
}
