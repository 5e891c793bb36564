import type { Scan } from '../../resolved-ast/scans';
import type { Compiler } from '../compiler';

/**
 * Tables as they are, one or several below each other, under whatever names. Where they are mentioned
 * twice DuckDB would keep them in memory with all columns that any mention needs, and spill what does not
 * fit; read anew, each mention takes the columns that it needs itself.
 */
export function isPlainRead(node: Scan, compiler: Compiler): boolean {
  switch (node.node) {
    case 'TableScan':
      return true;
    case 'ProjectScan':
      return node.exprList.length === 0 && isPlainRead(node.inputScan, compiler);
    case 'SetOperationScan':
      return (
        (node.opType ?? 'UNION_ALL') === 'UNION_ALL' &&
        node.inputItemList.every(({ scan }) => isPlainRead(scan, compiler))
      );
    case 'WithRefScan':
      return compiler.withQuery(node.withQueryName).isPlain;
    case 'WithScan':
      return !node.recursive && isPlainRead(node.query, compiler);
    default:
      return false;
  }
}
