import type { PreparedStatement } from '../sql/prepared';

const READERS = new Set(['SELECT', 'WITH', 'FROM', 'DECLARE', 'SET', 'ASSERT', 'EXPORT']);

/** The first word of a statement in upper case, behind comments and opening brackets. */
export function firstKeyword(statement: string): string {
  const comment = /^(?:\s|\(|--[^\n]*(?:\n|$)|#[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)+/;
  return /^\w*/.exec(statement.replace(comment, ''))?.[0].toUpperCase() ?? '';
}

/** True where a statement changes neither tables nor the catalog, so it need not wait in line. */
export function isReader(statement: string): boolean {
  return READERS.has(firstKeyword(statement));
}

/** BigQuery's name for the kind of a statement, as it stands in a job's statistics. */
export function statementType(statement: PreparedStatement): string {
  switch (statement.kind) {
    case 'query':
      return 'SELECT';
    case 'dml':
      return statement.operation;
    case 'createTable':
      return statement.asSql === undefined ? 'CREATE_TABLE' : 'CREATE_TABLE_AS_SELECT';
    case 'createView':
      return 'CREATE_VIEW';
    case 'createSchema':
      return 'CREATE_SCHEMA';
    case 'drop':
      return `DROP_${statement.objectType}`;
    case 'dropSchema':
      return 'DROP_SCHEMA';
    case 'addColumns':
    case 'changeTable':
    case 'setOptions':
      return 'ALTER_TABLE';
    case 'truncate':
      return 'TRUNCATE_TABLE';
    case 'exportData':
      return 'EXPORT_DATA';
    case 'assert':
      return 'ASSERT';
    default:
      return 'SCRIPT';
  }
}
