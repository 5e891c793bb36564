import { UnsupportedError } from '../../errors';
import type { JoinScan } from '../../resolved-ast/scans';
import type { Compiler } from '../compiler';
import { asTableFactor } from '../source';

const JOINS = { INNER: 'JOIN', LEFT: 'LEFT JOIN', RIGHT: 'RIGHT JOIN', FULL: 'FULL JOIN' } as const;

/** left JOIN right ON condition; USING arrives as an equality, its merged column as a projection. */
export function joinSource(node: JoinScan, compiler: Compiler): string {
  const type = node.joinType ?? 'INNER';
  const left = asTableFactor(node.leftScan, compiler);
  const right = asTableFactor(node.rightScan, compiler);
  if (!node.joinExpr) {
    if (type === 'INNER') return `${left} CROSS JOIN ${right}`;
    if (type === 'FULL') throw new UnsupportedError('FULL JOIN without a condition', node.location);
    return `${left} ${JOINS[type]} ${right} ON TRUE`;
  }
  return `${left} ${JOINS[type]} ${right} ON ${compiler.expression(node.joinExpr)}`;
}
