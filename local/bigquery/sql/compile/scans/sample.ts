import { UnsupportedError } from '../../errors';
import type { SampleScan } from '../../resolved-ast/scans';
import type { Compiler } from '../compiler';

/** TABLESAMPLE: only the whole table is the same in every run, so only that is taken. */
export function compileSampleScan(node: SampleScan, compiler: Compiler): string {
  const { size } = node;
  const whole =
    size.node === 'Literal' && Number(size.value.int64Value ?? size.value.doubleValue) === 100;
  if (node.unit !== 'PERCENT' || !whole || node.repeatableArgument) {
    throw new UnsupportedError('TABLESAMPLE below 100 PERCENT', node.location);
  }
  return compiler.scan(node.inputScan);
}
