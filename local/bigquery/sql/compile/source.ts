import type { Scan } from '../resolved-ast/scans';
import type { Compiler } from './compiler';
import { compileOver } from './outer-columns';
import { arraySource } from './scans/array';
import { joinSource } from './scans/join';
import { tableSelect } from './scans/table';

/** What follows FROM, with the conditions that may follow WHERE, so that scans need not nest. */
export interface Source {
  /** Undefined for the one row of a query without FROM. */
  readonly from: string | undefined;
  readonly where: readonly string[];
}

/** The rows of a scan as a source, all its columns named c<id>. */
export function sourceOf(node: Scan, compiler: Compiler): Source {
  switch (node.node) {
    case 'SingleRowScan':
      return { from: undefined, where: [] };
    case 'TableScan':
      return { from: `(${tableSelect(node, compiler)})`, where: [] };
    case 'JoinScan':
      return { from: joinSource(node, compiler), where: [] };
    case 'ArrayScan':
      return arraySource(node, compiler);
    case 'FilterScan': {
      const input = sourceOf(node.inputScan, compiler);
      const { result, source } = compileOver(
        [node.filterExpr],
        node.inputScan,
        input,
        compiler,
        () => compiler.expression(node.filterExpr),
      );
      return { from: source.from, where: [...source.where, result] };
    }
    case 'ProjectScan':
      // A projection that only drops columns: whoever reads a source names what it wants.
      if (node.exprList.length === 0) return sourceOf(node.inputScan, compiler);
  }
  return { from: `(${compiler.scan(node)})`, where: [] };
}

/** SELECT columns FROM source WHERE its conditions. */
export function selectFrom(columns: string, source: Source): string {
  const from = source.from === undefined ? '' : ` FROM ${source.from}`;
  const where = source.where.length === 0 ? '' : ` WHERE ${source.where.join(' AND ')}`;
  return `SELECT ${columns}${from}${where}`;
}

/** A source as one item of a FROM clause: parenthesized where it has conditions of its own. */
export function asTableFactor(node: Scan, compiler: Compiler): string {
  if (node.node === 'TableScan') return `(${tableSelect(node, compiler)})`;
  return `(${compiler.scan(node)})`;
}
