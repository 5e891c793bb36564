import type { TablePath } from '../../catalog';
import { UnsupportedError } from '../../errors';
import type { PreparedStatement } from '../../prepared';
import type { AlterTableStatement } from '../../resolved-ast/statements';
import { readOptions } from '../options';
import { describeNode } from '../refusal';
import { readColumn } from './create-table';

/** ALTER TABLE ... ADD COLUMN, or SET OPTIONS; the two are not mixed in one statement. */
export function compileAlterTable(node: AlterTableStatement, path: TablePath): PreparedStatement {
  const ifExists = node.isIfExists ?? false;
  const [first] = node.alterActionList;
  if (node.alterActionList.length === 1 && first?.node === 'SetOptionsAction') {
    return { kind: 'setOptions', path, options: readOptions(first.optionList ?? []), ifExists };
  }
  const columns = node.alterActionList.map((action) => {
    if (action.node !== 'AddColumnAction' || !action.columnDefinition) {
      const what = describeNode(action.node.replace(/Action$/, ''));
      throw new UnsupportedError(`ALTER TABLE ${what}`, node.location);
    }
    const column = readColumn(action.columnDefinition);
    return { ...column, ifNotExists: action.isIfNotExists ?? false };
  });
  return { kind: 'addColumns', path, columns, ifExists };
}
