import type { Column } from '../sql/catalog';
import type { GoogleSqlType } from '../sql/types';
import { printType } from '../sql/types';
import type { CaseRow } from './row-files';

/** Rows, and the file that holds them. */
export interface EvidenceFile {
  readonly file: string;
  readonly rows: readonly CaseRow[];
}

const STRING: GoogleSqlType = { kind: 'STRING' };

/**
 * Types of columns by the values that the files give: INT64, FLOAT64, BOOL, DATE, TIMESTAMP
 * (a day with a time), STRING, lists and maps of these. Where all is NULL it is STRING. Throws one
 * sentence where two values have no type in common.
 */
export function inferColumns(table: string, files: readonly EvidenceFile[]): Column[] {
  const types = new Map<string, { readonly type: GoogleSqlType | undefined; file: string }>();
  for (const { file, rows } of files) {
    const isText = file.endsWith('.csv');
    for (const [name, value] of rows.flatMap((row) => Object.entries(row))) {
      const known = types.get(name);
      const type = typeOf(value, isText);
      const common = commonType(known?.type, type);
      if (common === 'none') {
        throw new Error(
          `${table}.${name} is ${printType(known?.type ?? STRING)} in ${known?.file} and ${printType(type ?? STRING)} in ${file}: say its type in tests/schemas/${table}.yaml.`,
        );
      }
      types.set(name, { type: common, file: known?.file ?? file });
    }
  }
  return [...types].map(([name, { type }]) => ({ name, type: type ?? STRING }));
}

/** Undefined for NULL and the empty list, which may be anything. */
function typeOf(value: unknown, isText: boolean): GoogleSqlType | undefined {
  if (value === null || value === undefined) return undefined;
  if (typeof value === 'boolean') return { kind: 'BOOL' };
  if (typeof value === 'number') return { kind: Number.isInteger(value) ? 'INT64' : 'FLOAT64' };
  if (typeof value === 'string') return isText ? typeOfCell(value) : typeOfText(value);
  if (Array.isArray(value)) {
    const element = value
      .map((item) => typeOf(item, isText))
      .reduce<GoogleSqlType | undefined>((known, type) => {
        const common = commonType(known, type);
        return common === 'none' ? STRING : common;
      }, undefined);
    return element && { kind: 'ARRAY', element };
  }
  const fields = Object.entries(value).map(([name, field]) => ({
    name,
    type: typeOf(field, isText) ?? STRING,
  }));
  return { kind: 'STRUCT', fields };
}

function typeOfText(text: string): GoogleSqlType {
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return { kind: 'DATE' };
  const time = /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d(\.\d+)?)?( ?(Z|UTC|[+-]\d\d(:\d\d)?))?$/;
  return time.test(text) ? { kind: 'TIMESTAMP' } : STRING;
}

/** CSV has text alone. Digits that begin with a zero are no number, but a code. */
function typeOfCell(text: string): GoogleSqlType {
  if (/^(true|false)$/i.test(text)) return { kind: 'BOOL' };
  if (/^-?(0|[1-9]\d{0,17})$/.test(text)) return { kind: 'INT64' };
  if (/^-?(0|[1-9]\d*)?\.\d+([eE][+-]?\d+)?$/.test(text)) return { kind: 'FLOAT64' };
  return typeOfText(text);
}

function commonType(
  left: GoogleSqlType | undefined,
  right: GoogleSqlType | undefined,
): GoogleSqlType | undefined | 'none' {
  if (!left || !right) return left ?? right;
  if (left.kind === 'ARRAY' && right.kind === 'ARRAY') {
    const element = commonType(left.element, right.element);
    return element && element !== 'none' ? { kind: 'ARRAY', element } : 'none';
  }
  if (left.kind === 'STRUCT' && right.kind === 'STRUCT') return commonStruct(left, right);
  if (left.kind === right.kind) return left;
  const kinds = new Set([left.kind, right.kind]);
  if (kinds.has('INT64') && kinds.has('FLOAT64')) return { kind: 'FLOAT64' };
  return 'none';
}

type Struct = Extract<GoogleSqlType, { kind: 'STRUCT' }>;

function commonStruct(left: Struct, right: Struct): GoogleSqlType | 'none' {
  const fields = new Map(left.fields.map(({ name, type }) => [name, type]));
  for (const { name, type } of right.fields) {
    const common = commonType(fields.get(name), type);
    if (common === 'none' || !common) return 'none';
    fields.set(name, common);
  }
  return { kind: 'STRUCT', fields: [...fields].map(([name, type]) => ({ name, type })) };
}
