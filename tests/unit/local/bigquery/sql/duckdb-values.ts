import {
  type DuckDBBlobValue,
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBListValue,
  DuckDBStructValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  DuckDBTimeValue,
  type DuckDBValue,
} from '@duckdb/node-api';
import type { SqlValue } from '@tributary/local/bigquery/sql/analyzer';
import type { GoogleSqlType } from '@tributary/local/bigquery/sql/types';

/** A value that DuckDB answered, in the form in which the analyzer's values are compared. */
export function fromDuckDb(value: DuckDBValue, type: GoogleSqlType): SqlValue {
  if (value === null) return null;
  switch (type.kind) {
    case 'BOOL':
      return value as boolean;
    case 'INT64':
      if (typeof value !== 'bigint') throw new Error(`${value} is not a BIGINT`);
      return value;
    case 'FLOAT64':
      if (typeof value !== 'number') throw new Error(`${value} is not a DOUBLE`);
      return value;
    case 'NUMERIC':
      if (!(value instanceof DuckDBDecimalValue)) throw new Error(`${value} is not a DECIMAL`);
      return trimDecimal(value.toString());
    case 'STRING':
    case 'JSON':
      return value as string;
    case 'BYTES':
      return Uint8Array.from((value as DuckDBBlobValue).bytes);
    case 'DATE':
      return check(value, DuckDBDateValue).toString();
    case 'TIME':
      return trimFraction(check(value, DuckDBTimeValue).toString());
    case 'DATETIME':
      return trimFraction(check(value, DuckDBTimestampValue).toString());
    case 'TIMESTAMP': {
      const { micros } = check(value, DuckDBTimestampTZValue);
      return `${trimFraction(new DuckDBTimestampValue(micros).toString())}+00`;
    }
    case 'ARRAY':
      return check(value, DuckDBListValue).items.map((item) => fromDuckDb(item, type.element));
    case 'STRUCT': {
      const { entries } = check(value, DuckDBStructValue);
      const values = Object.entries(entries).map(([name, item], i) => {
        const field = type.fields[i];
        if (!field) throw new Error(`the struct has a field too many: ${name}`);
        return [name, fromDuckDb(item, field.type)] as const;
      });
      return Object.fromEntries(values);
    }
  }
}

function check<Value>(value: unknown, kind: abstract new (...args: never[]) => Value): Value {
  if (value instanceof kind) return value;
  throw new Error(`${String(value)} is not a ${kind.name}`);
}

function trimDecimal(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

function trimFraction(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}
