import type { TablePath } from '../../catalog';
import { BigQueryError, UnsupportedError } from '../../errors';
import type { PreparedStatement, TableChange } from '../../prepared';
import type { AlterAction, AlterTableStatement } from '../../resolved-ast/statements';
import { readOptions } from '../options';
import { describeNode } from '../refusal';
import { readColumn } from './create-table';

/** ALTER TABLE ... ADD COLUMN, SET OPTIONS, or changes; they are not mixed in one statement. */
export function compileAlterTable(node: AlterTableStatement, path: TablePath): PreparedStatement {
  const ifExists = node.isIfExists ?? false;
  const [first] = node.alterActionList;
  if (node.alterActionList.length === 1 && first?.node === 'SetOptionsAction') {
    return { kind: 'setOptions', path, options: readOptions(first.optionList ?? []), ifExists };
  }
  const changes = node.alterActionList.flatMap((action) => tableChange(action) ?? []);
  if (changes.length === node.alterActionList.length) {
    return { kind: 'changeTable', path, changes, ifExists };
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

function tableChange(action: AlterAction): TableChange | undefined {
  const {
    name = '',
    newName = '',
    column = '',
    newPath = [],
    isIfExists: ifExists = false,
  } = action;
  switch (action.node) {
    case 'DropColumnAction':
      return { change: 'dropColumn', column: name, ifExists };
    case 'RenameColumnAction':
      return { change: 'renameColumn', column: name, to: newName, ifExists };
    case 'AlterColumnDropNotNullAction':
      return { change: 'dropNotNull', column, ifExists };
    case 'RenameToAction':
      if (newPath.length > 1) {
        throw new BigQueryError(
          'invalidQuery',
          'ALTER TABLE RENAME TO takes a name without a dataset',
        );
      }
      return { change: 'rename', to: newPath[0] ?? '' };
  }
  return undefined;
}
