import { z } from 'zod';
import type { Constant } from '../functions/mapping';
import { parseText } from '../functions/parse-text';
import type { ParameterValues } from '../sql/compile/compiler';
import { BigQueryError } from '../sql/errors';
import { quoteIdentifier, quoteString } from '../sql/names';
import { duckFieldNames, type GoogleSqlType, parseType, toDuckType } from '../sql/types';

export interface ParameterType {
  readonly type: string;
  readonly arrayType?: ParameterType | undefined;
  readonly structTypes?: readonly { name?: string | undefined; type: ParameterType }[] | undefined;
}

export interface ParameterValue {
  readonly value?: string | number | boolean | null | undefined;
  readonly arrayValues?: readonly ParameterValue[] | null | undefined;
  readonly structValues?: Readonly<Record<string, ParameterValue>> | null | undefined;
}

const parameterType: z.ZodType<ParameterType> = z.lazy(() =>
  z.object({
    type: z.string(),
    arrayType: parameterType.optional(),
    structTypes: z.array(z.object({ name: z.string().optional(), type: parameterType })).optional(),
  }),
);

const parameterValue: z.ZodType<ParameterValue> = z.lazy(() =>
  z.object({
    value: z
      .union([z.string(), z.number(), z.boolean(), z.null()], {
        error:
          "must be a text, a number, a boolean or null (of BYTES the text that Buffer's toString('base64') gives, with its type: the client sends a Buffer as an object, which BigQuery does not read)",
      })
      .optional(),
    arrayValues: z.array(parameterValue).nullish(),
    structValues: z.record(z.string(), parameterValue).nullish(),
  }),
);

/** BigQuery's QueryParameter. */
export const queryParameter = z.object({
  name: z.string().optional(),
  parameterType,
  parameterValue: parameterValue.optional(),
});

/**
 * Reads the parameters of a request: by name, or by position where they have none. Throws
 * 'invalid' for values that do not fit their type.
 */
export function readParameters(
  parameters: readonly z.infer<typeof queryParameter>[],
): ParameterValues {
  const values = parameters.map(({ name, parameterType: declared, parameterValue: value }) => {
    const type = readType(declared);
    const constant = toConstant(type, value?.value);
    const sql = toSql(type, value ?? {}, name ?? 'parameter');
    return { name, value: { type, sql, ...(constant !== undefined && { constant }) } };
  });
  if (values.every(({ name }) => !name)) {
    return { mode: 'POSITIONAL', values: values.map(({ value }) => value) };
  }
  const named = values.map(({ name = '', value }) => [name.toLowerCase(), value] as const);
  return { mode: 'NAMED', values: new Map(named) };
}

/** The value itself, where functions may need it at compile time. */
function toConstant(type: GoogleSqlType, value: ParameterValue['value']): Constant | undefined {
  if (value === null || value === undefined) return undefined;
  switch (type.kind) {
    case 'STRING':
      return String(value);
    case 'INT64':
      return /^-?\d+$/.test(String(value)) ? BigInt(value) : undefined;
    case 'FLOAT64':
      return Number(value);
    case 'BOOL':
      return String(value).toLowerCase() === 'true';
    default:
      return undefined;
  }
}

function readType(declared: ParameterType): GoogleSqlType {
  const kind = declared.type.toUpperCase();
  if (kind === 'ARRAY' && declared.arrayType) {
    return { kind: 'ARRAY', element: readType(declared.arrayType) };
  }
  if (kind === 'STRUCT') {
    const fields = (declared.structTypes ?? []).map((field) => ({
      name: field.name ?? '',
      type: readType(field.type),
    }));
    return { kind: 'STRUCT', fields };
  }
  return parseType(declared.type);
}

function toSql(type: GoogleSqlType, value: ParameterValue, name: string): string {
  const duckType = toDuckType(type);
  if (type.kind === 'ARRAY') {
    const items = value.arrayValues ?? [];
    return `CAST([${items.map((item) => toSql(type.element, item, name)).join(', ')}] AS ${duckType})`;
  }
  if (type.kind === 'STRUCT') {
    if (!value.structValues) return `CAST(NULL AS ${duckType})`;
    const names = duckFieldNames(type.fields);
    const fields = type.fields.map((field, index) => {
      const inner = toSql(field.type, value.structValues?.[field.name] ?? {}, name);
      return `${quoteIdentifier(names[index] as string)} := ${inner}`;
    });
    return `CAST(struct_pack(${fields.join(', ')}) AS ${duckType})`;
  }
  if (value.value === null || value.value === undefined) return `CAST(NULL AS ${duckType})`;
  return scalarSql(type, String(value.value), name);
}

const FORMATS: Partial<Record<GoogleSqlType['kind'], RegExp>> = {
  INT64: /^[+-]?\d+$/,
  FLOAT64: /^[+-]?(\d+\.?\d*([eE][+-]?\d+)?|\.\d+([eE][+-]?\d+)?|inf(inity)?|nan)$/i,
  NUMERIC: /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/,
  BOOL: /^(true|false)$/i,
  DATE: /^\d{4}-\d{1,2}-\d{1,2}$/,
  BYTES: /^[A-Za-z0-9+/]*={0,2}$/,
};

const TIMES = new Set<GoogleSqlType['kind']>(['DATE', 'TIME', 'DATETIME', 'TIMESTAMP']);

/** A scalar literal from the text that the API carries. */
function scalarSql(type: GoogleSqlType, text: string, name: string): string {
  if (FORMATS[type.kind]?.test(text) === false) {
    throw new BigQueryError('invalid', `Invalid value for ${name}: '${text}' is no ${type.kind}`);
  }
  if (type.kind === 'BYTES') return `from_base64(${quoteString(text)})`;
  if (type.kind === 'JSON') return `CAST(bq_json_canonical(${quoteString(text)}) AS JSON)`;
  if (type.kind === 'FLOAT64' && !Number.isFinite(Number(text)) && /\d/.test(text)) {
    throw new BigQueryError('invalid', `Invalid value for ${name}: '${text}' is out of range`);
  }
  // DuckDB's casts know zones and spellings that BigQuery does not.
  if (TIMES.has(type.kind)) return parseText(quoteString(text), type.kind, false);
  return `CAST(${quoteString(text)} AS ${toDuckType(type)})`;
}
