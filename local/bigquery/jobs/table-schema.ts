import { z } from 'zod';
import type { Column } from '../sql/catalog';
import { BigQueryError } from '../sql/errors';
import type { GoogleSqlType, ScalarKind } from '../sql/types';
import { parseType } from '../sql/types';
import { HARMLESS } from './harmless-fields';
import { requestObject } from './request-fields';

/** A field of BigQuery's TableSchema, as it travels in JSON. */
export interface TableField {
  readonly name: string;
  readonly type: string;
  readonly mode?: string | undefined;
  readonly description?: string | undefined;
  readonly fields?: readonly TableField[] | undefined;
}

export const tableField: z.ZodType<TableField> = z.lazy(() =>
  requestObject(
    {
      name: z.string().min(1),
      type: z.string(),
      mode: z.string().optional(),
      description: z.string().optional(),
      fields: z.array(tableField).optional(),
    },
    HARMLESS.field,
  ),
);

export const tableSchema = requestObject({ fields: z.array(tableField).optional() });

/** The API's own spelling of the types, which its clients switch on. */
const FIELD_TYPES: Partial<Record<ScalarKind, string>> = {
  INT64: 'INTEGER',
  FLOAT64: 'FLOAT',
  BOOL: 'BOOLEAN',
};

/** What a schema from the API says: columns, and descriptions of nested fields by path. */
export interface ParsedSchema {
  readonly columns: readonly Column[];
  readonly fieldDescriptions: Readonly<Record<string, string>>;
}

/** Reads a TableSchema. Throws 'invalid' for types and modes that BigQuery does not have. */
export function parseSchema(fields: readonly TableField[]): ParsedSchema {
  const seen = new Set<string>();
  const columns = fields.map((field): Column => {
    if (seen.has(field.name.toLowerCase())) {
      throw new BigQueryError('invalid', `Field ${field.name} already exists in schema`);
    }
    seen.add(field.name.toLowerCase());
    return {
      name: field.name,
      type: fieldType(field),
      ...(field.mode?.toUpperCase() === 'REQUIRED' && { required: true }),
      ...(field.description && { description: field.description }),
    };
  });
  const nested = fields.flatMap((field) => nestedDescriptions(field, field.name));
  return { columns, fieldDescriptions: Object.fromEntries(nested) };
}

function fieldType(field: TableField): GoogleSqlType {
  const mode = field.mode?.toUpperCase() ?? 'NULLABLE';
  if (!['NULLABLE', 'REQUIRED', 'REPEATED'].includes(mode)) {
    throw new BigQueryError('invalid', `Field ${field.name} has the unknown mode ${field.mode}`);
  }
  const type = elementType(field);
  return mode === 'REPEATED' ? { kind: 'ARRAY', element: type } : type;
}

function elementType(field: TableField): GoogleSqlType {
  if (!['RECORD', 'STRUCT'].includes(field.type.toUpperCase())) return parseType(field.type);
  if (!field.fields?.length) {
    throw new BigQueryError('invalid', `Field ${field.name} is type RECORD but has no schema`);
  }
  return {
    kind: 'STRUCT',
    fields: field.fields.map((inner) => {
      if (inner.mode?.toUpperCase() === 'REQUIRED') {
        throw new BigQueryError(
          'invalid',
          `The local BigQuery does not support REQUIRED inside a record: make ${field.name}.${inner.name} NULLABLE`,
        );
      }
      return { name: inner.name, type: fieldType(inner) };
    }),
  };
}

function nestedDescriptions(field: TableField, path: string): [string, string][] {
  return (field.fields ?? []).flatMap((inner) => {
    const innerPath = `${path}.${inner.name}`;
    const own: [string, string][] = inner.description ? [[innerPath, inner.description]] : [];
    return [...own, ...nestedDescriptions(inner, innerPath)];
  });
}

/** Writes columns as the API's TableSchema fields. */
export function printSchema(
  columns: readonly Column[],
  fieldDescriptions: Readonly<Record<string, string>> = {},
): TableField[] {
  return columns.map((column) =>
    printField(
      column.name,
      column.type,
      column.name,
      {
        ...fieldDescriptions,
        ...(column.description && { [column.name]: column.description }),
      },
      column.required,
    ),
  );
}

function printField(
  name: string,
  type: GoogleSqlType,
  path: string,
  descriptions: Readonly<Record<string, string>>,
  isRequired = false,
): TableField {
  const element = type.kind === 'ARRAY' ? type.element : type;
  const mode = type.kind === 'ARRAY' ? 'REPEATED' : isRequired ? 'REQUIRED' : 'NULLABLE';
  const description = descriptions[path];
  const shared = { name, mode, ...(description && { description }) };
  if (element.kind !== 'STRUCT') {
    return { ...shared, type: FIELD_TYPES[element.kind as ScalarKind] ?? element.kind };
  }
  const fields = element.fields.map((field, index) =>
    printField(
      field.name || `_field_${index + 1}`,
      field.type,
      `${path}.${field.name}`,
      descriptions,
    ),
  );
  return { ...shared, type: 'RECORD', fields };
}
