import { tokenizeSql } from '../../sql/script';
import { type ModelTexts, textsOf } from '../compiled-graph';

/** Functions whose answer depends on when or how often they are asked. */
const VOLATILE = new Set([
  'CURRENT_DATE',
  'CURRENT_DATETIME',
  'CURRENT_TIME',
  'CURRENT_TIMESTAMP',
  'GENERATE_UUID',
  'RAND',
  'SESSION_USER',
]);

/** Those that are functions without parentheses too. */
const BARE = /^CURRENT_/;

/** The first function in a model's SQL that reads the clock or rolls dice; undefined for none. */
export function volatileCall(model: ModelTexts): string | undefined {
  for (const text of new Set(textsOf(model))) {
    const tokens = [...tokenizeSql(text)].filter((token) => !/^(\s|--|#|\/\*)/.test(token.text));
    const call = tokens.find((token, index) => {
      const name = token.text.toUpperCase();
      const before = tokens[index - 1]?.text.toUpperCase();
      // A column or an alias may have the name.
      if (!VOLATILE.has(name) || before === '.' || before === 'AS') return false;
      return BARE.test(name) || tokens[index + 1]?.text === '(';
    });
    if (call) return call.text.toUpperCase();
  }
  return undefined;
}
