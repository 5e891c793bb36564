import {
  DuckDBBlobValue,
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBListValue,
  DuckDBStructValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  DuckDBTimeValue,
  type DuckDBValue,
} from '@duckdb/node-api';
import type { SqlValue } from '../../sql/analyzer';
import { dateText, timestampText } from '../../sql/analyzer/value';

/** A DuckDB value in the form in which the analyzer decodes the reference engine's. */
export function fromDuckValue(value: DuckDBValue): SqlValue {
  if (value instanceof DuckDBListValue) return value.items.map(fromDuckValue);
  if (value instanceof DuckDBStructValue) {
    return Object.fromEntries(
      Object.entries(value.entries).map(([name, item]) => [name, fromDuckValue(item)]),
    );
  }
  if (value instanceof DuckDBBlobValue) return value.bytes;
  if (value instanceof DuckDBDecimalValue) return trimmedDecimal(value.toString());
  if (value instanceof DuckDBDateValue) return dateText(value.days);
  if (value instanceof DuckDBTimestampTZValue) return timestampText(value.micros);
  if (value instanceof DuckDBTimestampValue)
    return timestampText(value.micros).replace(/\+00$/, '');
  if (value instanceof DuckDBTimeValue)
    return timestampText(value.micros).slice(11).replace(/\+00$/, '');
  return value as SqlValue;
}

function trimmedDecimal(text: string): string {
  return text.includes('.') ? text.replace(/0+$/, '').replace(/\.$/, '') : text;
}
