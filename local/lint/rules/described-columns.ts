import type { Column } from '../../bigquery/sql/catalog';
import type { GoogleSqlType } from '../../bigquery/sql/types';
import type { Action, Rule } from '../rule';
import { inConfig } from '../sqlx/source-file';

export const describedColumns: Rule = {
  name: 'described-columns',
  about:
    'Each described column exists; in tables that match `described_tables` each column is described.',
  bad: 'columns: { sesion_id: "Session." }',
  good: 'columns: { session_id: "Session." }',
  action(action, report, { described_tables: pattern }) {
    const { columns, described, file, name } = action;
    if (!columns) return;
    const place = inConfig(file, /\bcolumns\b/);
    for (const { path } of described) {
      if (!exists(path, columns)) {
        report(
          place,
          `the described column ${path.join('.')} is none of ${name}; take it away, or write its real name`,
        );
      }
    }
    if (pattern === undefined || !new RegExp(pattern).test(name)) return;
    const missing = columns.filter((column) => !isDescribed(column, action));
    if (missing.length > 0) {
      const names = missing.map((column) => column.name).join(', ');
      report(place, `not described: ${names}; write a description for each in columns`);
    }
  },
};

/** A column, or a field of a struct, by its path. */
function exists(path: readonly string[], columns: readonly Column[]): boolean {
  const [first = '', ...rest] = path;
  const column = columns.find(({ name }) => name.toLowerCase() === first.toLowerCase());
  if (!column) return false;
  return rest.length === 0 || exists(rest, fieldsOf(column.type));
}

function fieldsOf(type: GoogleSqlType): readonly Column[] {
  if (type.kind === 'ARRAY') return fieldsOf(type.element);
  return type.kind === 'STRUCT' ? type.fields : [];
}

function isDescribed({ name }: Column, { described }: Action): boolean {
  return described.some(
    ({ path, description }) =>
      path.length === 1 &&
      path[0]?.toLowerCase() === name.toLowerCase() &&
      description.trim() !== '',
  );
}
