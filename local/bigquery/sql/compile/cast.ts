import { compileCast as castSql } from '../../functions/casts';
import { UnsupportedError } from '../errors';
import type { Cast } from '../resolved-ast/expressions';
import type { Compiler } from './compiler';
import { isHashDigits } from './hash-digits';
import { isolateArguments } from './safe';
import { knownType } from './types';

/** CAST and SAFE_CAST. */
export function compileCast(node: Cast, compiler: Compiler): string {
  if (node.format || node.timeZone) throw new UnsupportedError('CAST with FORMAT', node.location);
  if (node.typeModifiers) {
    throw new UnsupportedError('CAST to a type with parameters', node.location);
  }
  const from = knownType(node.expr.type, node.location);
  const to = knownType(node.type, node.location);
  const safe = node.returnNullOnError ?? false;
  const value = compiler.expression(node.expr);
  if (to.kind === 'INT64' && isHashDigits(node.expr)) return `CAST(${value} AS BIGINT)`;
  const cast = castSql(value, from, to, safe);
  if (!/\bTRY\(/.test(cast)) return cast;
  return isolateArguments([value], [node.expr], ([arg = value]) => castSql(arg, from, to, safe));
}
