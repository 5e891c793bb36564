import type { Constant } from '../../functions/mapping';
import { enumName } from '../analyzer/enums';
import type { ValueProto } from '../analyzer/protocol';
import type { SqlValue } from '../analyzer/value';
import { decodeValue } from '../analyzer/value-codec';
import { duckFieldNames, toDuckType } from '../duck-type';
import { UnsupportedError } from '../errors';
import { quoteString } from '../names';
import type { Literal } from '../resolved-ast/expressions';
import type { GoogleSqlType } from '../types';

/** DuckDB SQL of a literal, with exactly the type that GoogleSQL gives it. */
export function compileLiteral(literal: Literal): string {
  if (literal.type.kind === 'OTHER') {
    const name = literalEnum(literal.type.name, literal.value);
    if (name === undefined)
      throw new UnsupportedError(`type ${literal.type.name}`, literal.location);
    return quoteString(name);
  }
  return sqlLiteral(decodeValue(literal.value, literal.type), literal.type);
}

function literalEnum(type: string, value: ValueProto): string | undefined {
  return value.enumValue === undefined ? undefined : enumName(type, value.enumValue);
}

/** The value a function sees at compile time; undefined for types that none asks for. */
export function literalConstant(literal: Literal): Constant | undefined {
  if (literal.type.kind === 'OTHER') return literalEnum(literal.type.name, literal.value);
  const value = decodeValue(literal.value, literal.type);
  if (value === null || typeof value !== 'object') return value;
  return undefined;
}

/** DuckDB SQL of a value of a GoogleSQL type; NULL is typed too. */
export function sqlLiteral(value: SqlValue, type: GoogleSqlType): string {
  if (value === null) return `CAST(NULL AS ${toDuckType(type)})`;
  switch (type.kind) {
    case 'BOOL':
      return value ? 'TRUE' : 'FALSE';
    case 'INT64':
      return `CAST(${value} AS BIGINT)`;
    case 'FLOAT64':
      return floatLiteral(Number(value));
    case 'STRING':
      return quoteString(String(value));
    case 'BYTES':
      return `from_hex('${Buffer.from(value as Uint8Array).toString('hex')}')`;
    case 'DATE':
      return `DATE '${value}'`;
    case 'TIME':
      return `TIME '${value}'`;
    case 'DATETIME':
      return `TIMESTAMP '${value}'`;
    case 'TIMESTAMP':
      return `TIMESTAMPTZ '${value}'`;
    case 'NUMERIC':
      return `CAST('${value}' AS DECIMAL(38,9))`;
    case 'JSON':
      return `CAST(${quoteString(String(value))} AS JSON)`;
    case 'ARRAY': {
      const items = (value as readonly SqlValue[]).map((item) => sqlLiteral(item, type.element));
      return `CAST([${items.join(', ')}] AS ${toDuckType(type)})`;
    }
    case 'STRUCT': {
      const names = duckFieldNames(type.fields);
      const fields = value as Readonly<Record<string, SqlValue>>;
      const entries = type.fields.map((field, i) => {
        const name = names[i] as string;
        return `${quoteString(name)}: ${sqlLiteral(fields[name] ?? null, field.type)}`;
      });
      return `{${entries.join(', ')}}`;
    }
  }
}

/** An exponent makes DuckDB read a DOUBLE; without one it would read a DECIMAL first. */
function floatLiteral(value: number): string {
  if (!Number.isFinite(value)) return `CAST('${value}' AS DOUBLE)`;
  const text = Object.is(value, -0) ? '-0' : String(value);
  return `CAST(${text.includes('e') ? text : `${text}e0`} AS DOUBLE)`;
}
