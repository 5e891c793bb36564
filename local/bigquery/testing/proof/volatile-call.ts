import { tokenizeSql } from '../../sql/script';
import type { ModelDefinition } from '../project';

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
export function volatileCall(
  model: Pick<
    ModelDefinition,
    'query' | 'incrementalQuery' | 'preOps' | 'postOps' | 'incrementalPreOps' | 'incrementalPostOps'
  >,
): string | undefined {
  const texts = [
    model.query,
    model.incrementalQuery ?? '',
    ...model.preOps,
    ...model.postOps,
    ...model.incrementalPreOps,
    ...model.incrementalPostOps,
  ];
  for (const text of new Set(texts)) {
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
