import type { Column } from '../catalog';
import { duckFieldNames } from '../duck-type';
import { BigQueryError } from '../errors';
import { quoteString } from '../names';
import type { OutputColumn } from '../resolved-ast/statements';
import type { Compiler } from './compiler';
import { knownType } from './types';

/** A column of a query's result: its name, its type, and the SQL that reads it. */
interface ResultColumn extends Column {
  readonly sql: string;
}

/** The result of SELECT: columns without a name are f0_, f1_... in their order. */
export function outputColumns(
  query: { readonly outputColumnList: readonly OutputColumn[]; readonly isValueTable?: boolean },
  compiler: Compiler,
): ResultColumn[] {
  const [only] = query.outputColumnList;
  if (query.isValueTable && only) return valueColumns(only, compiler);
  const named = nameColumns(query.outputColumnList.map((column) => column.name));
  return query.outputColumnList.map((output, i) => ({
    name: named[i] as string,
    type: knownType(output.column.type),
    sql: compiler.column(output.column),
  }));
}

/** SELECT AS STRUCT as the outermost query: its fields are the columns. */
function valueColumns(only: OutputColumn, compiler: Compiler): ResultColumn[] {
  const type = knownType(only.column.type);
  const value = compiler.column(only.column);
  if (type.kind !== 'STRUCT') return [{ name: 'f0_', type, sql: value }];
  const members = duckFieldNames(type.fields);
  const names = nameColumns(type.fields.map((field) => field.name));
  return type.fields.map((field, i) => ({
    name: names[i] as string,
    type: field.type,
    sql: `struct_extract(${value}, ${quoteString(members[i] as string)})`,
  }));
}

function nameColumns(names: readonly string[]): string[] {
  let unnamed = 0;
  const taken = new Set<string>();
  return names.map((given) => {
    const name = given === '' || given.startsWith('$') ? `f${unnamed++}_` : given;
    if (taken.has(name.toLowerCase())) {
      throw new BigQueryError(
        'invalidQuery',
        `Duplicate column names in the result are not supported. Found duplicate(s): ${name}`,
      );
    }
    taken.add(name.toLowerCase());
    return name;
  });
}
