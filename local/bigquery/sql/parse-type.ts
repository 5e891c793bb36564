import { BigQueryError } from './errors';
import type { GoogleSqlType, ScalarKind, StructField } from './types';

/** Every spelling BigQuery takes in DDL and in the REST API, with the type it names. */
const SCALAR_SPELLINGS: Readonly<Record<string, ScalarKind>> = {
  BOOL: 'BOOL',
  BOOLEAN: 'BOOL',
  INT64: 'INT64',
  INT: 'INT64',
  INTEGER: 'INT64',
  SMALLINT: 'INT64',
  BIGINT: 'INT64',
  TINYINT: 'INT64',
  BYTEINT: 'INT64',
  FLOAT64: 'FLOAT64',
  FLOAT: 'FLOAT64',
  NUMERIC: 'NUMERIC',
  DECIMAL: 'NUMERIC',
  STRING: 'STRING',
  BYTES: 'BYTES',
  DATE: 'DATE',
  TIME: 'TIME',
  DATETIME: 'DATETIME',
  TIMESTAMP: 'TIMESTAMP',
  JSON: 'JSON',
};

/** Reads 'ARRAY<STRUCT<a INT64, b STRING>>'. Throws BigQueryError for anything else. */
export function parseType(text: string): GoogleSqlType {
  const tokens = text.match(/`[^`]*`|[A-Za-z_][A-Za-z0-9_]*|[<>,]|\S/g) ?? [];
  let position = 0;

  const fail = (): never => {
    throw new BigQueryError('invalid', `'${text}' is not a type the local BigQuery knows`);
  };
  const expect = (token: string): void => {
    if (tokens[position++] !== token) fail();
  };

  const readField = (): StructField => {
    const next = tokens[position + 1];
    const anonymous = next === undefined || /^[<>,]$/.test(next);
    const name = anonymous ? '' : (tokens[position++] as string).replace(/`/g, '');
    return { name, type: readType() };
  };

  const readType = (): GoogleSqlType => {
    const word = (tokens[position++] ?? fail()).toUpperCase();
    if (word === 'ARRAY') {
      expect('<');
      const element = readType();
      expect('>');
      return element.kind === 'ARRAY' ? fail() : { kind: 'ARRAY', element };
    }
    if (word === 'STRUCT' || word === 'RECORD') {
      expect('<');
      const fields: StructField[] = [];
      do fields.push(readField());
      while (tokens[position] === ',' && ++position);
      expect('>');
      return { kind: 'STRUCT', fields };
    }
    const kind = SCALAR_SPELLINGS[word];
    return kind ? { kind } : fail();
  };

  const type = readType();
  return position === tokens.length ? type : fail();
}
