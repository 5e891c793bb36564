import type { Expression } from '../resolved-ast/expressions';
import { resolvedName } from './function-name';
import { literalConstant } from './literal';

/** Hexadecimal digits that a positive INT64 holds, and that DuckDB reads as GoogleSQL does. */
const MOST_DIGITS = 15n;

const HASHES: ReadonlySet<string> = new Set(['md5', 'sha1', 'sha256', 'sha512']);

/**
 * True for CONCAT('0x', SUBSTR(TO_HEX(MD5(x)), 1, 15)) and its like, the usual number of a hash: whatever x
 * is, it reads as an INT64, so that a cast has nothing to look at (half of what such a number costs).
 */
export function isHashDigits(expression: Expression): boolean {
  const [prefix, digits, ...others] = argumentsOf(expression, 'concat');
  if (!prefix || !digits || others.length > 0 || constantOf(prefix) !== '0x') return false;
  const [hex, from, count] = argumentsOf(digits, 'substr');
  if (!hex || !from || !count || constantOf(from) !== 1n) return false;
  const length = constantOf(count);
  if (typeof length !== 'bigint' || length < 1n || length > MOST_DIGITS) return false;
  const [hash] = argumentsOf(hex, 'to_hex');
  return hash?.node === 'FunctionCall' && HASHES.has(resolvedName(hash));
}

function argumentsOf(expression: Expression, name: string): readonly Expression[] {
  if (expression.node !== 'FunctionCall' || resolvedName(expression) !== name) return [];
  return expression.argumentList;
}

function constantOf(expression: Expression): unknown {
  return expression.node === 'Literal' ? literalConstant(expression) : undefined;
}
