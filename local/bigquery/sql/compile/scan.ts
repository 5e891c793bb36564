import { UnsupportedError } from '../errors';
import type { Scan } from '../resolved-ast/scans';
import type { Compiler } from './compiler';
import { describeNode } from './refusal';
import { compileAggregateScan } from './scans/aggregate';
import { compileAnalyticScan } from './scans/analytic';
import { compileLimitScan, compileOrderByScan } from './scans/order-limit';
import { compileProjectScan } from './scans/project';
import { compileSampleScan } from './scans/sample';
import { compileSetOperation } from './scans/set-operation';
import { compileRecursiveRef, compileWithRef, compileWithScan } from './scans/with';
import { columnNames } from './select';
import { selectFrom, sourceOf } from './source';

/** A complete SELECT whose columns are the scan's, named c<id>. */
export function compileScan(node: Scan, compiler: Compiler): string {
  switch (node.node) {
    case 'SingleRowScan':
    case 'TableScan':
    case 'JoinScan':
    case 'ArrayScan':
    case 'FilterScan':
      return selectFrom(columnNames(node.columnList, compiler), sourceOf(node, compiler));
    case 'ProjectScan':
      return compileProjectScan(node, compiler);
    case 'AggregateScan':
      return compileAggregateScan(node, compiler);
    case 'AnalyticScan':
      return compileAnalyticScan(node, compiler);
    case 'OrderByScan':
      return compileOrderByScan(node, compiler);
    case 'LimitOffsetScan':
      return compileLimitScan(node, compiler);
    case 'SetOperationScan':
      return compileSetOperation(node, compiler);
    case 'WithScan':
      return compileWithScan(node, compiler);
    case 'WithRefScan':
      return compileWithRef(node, compiler);
    case 'RecursiveRefScan':
      return compileRecursiveRef(node, compiler);
    case 'SampleScan':
      return compileSampleScan(node, compiler);
    case 'RecursiveScan':
      throw new UnsupportedError('a recursive query outside WITH RECURSIVE', node.location);
    default: {
      const other = node as { readonly node: string; readonly location?: Scan['location'] };
      throw new UnsupportedError(describeNode(other.node), other.location);
    }
  }
}
