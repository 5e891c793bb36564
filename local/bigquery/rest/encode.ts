import type {
  DuckDBArrayValue,
  DuckDBBlobValue,
  DuckDBDecimalValue,
  DuckDBListValue,
  DuckDBStructValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  DuckDBValue,
} from '@duckdb/node-api';
import type { Column } from '../sql/catalog';
import type { GoogleSqlType } from '../sql/types';

/** A value as the API writes it: strings, {v} lists for arrays, {f} for structs. */
export type WireValue = string | null | readonly WireCell[] | WireRow;
interface WireCell {
  readonly v: WireValue;
}
interface WireRow {
  readonly f: readonly WireCell[];
}

export interface FormatOptions {
  /** TIMESTAMP as whole microseconds instead of float seconds. */
  readonly useInt64Timestamp: boolean;
}

/** Values of about this many bytes are encoded before other clients have their turn: 10 ms. */
const SLICE_BYTES = 500_000;

type Encoder = (value: DuckDBValue) => WireValue;

/** Turns columns of DuckDB values into the API's rows. */
export function encodeRows(
  columns: readonly Column[],
  values: readonly (readonly DuckDBValue[])[],
  options: FormatOptions,
): WireRow[] {
  return [...rowsOf(columns, values, options)].map(({ row }) => row);
}

/**
 * The same with pauses in which other clients are answered. Stops after the row that fills
 * `maxBytes`, so that a page of wide rows stays small; at least one row comes back.
 */
export async function encodePage(
  columns: readonly Column[],
  values: readonly (readonly DuckDBValue[])[],
  options: FormatOptions,
  maxBytes: number,
): Promise<WireRow[]> {
  const rows: WireRow[] = [];
  let total = 0;
  let sincePause = 0;
  for (const { row, bytes } of rowsOf(columns, values, options)) {
    rows.push(row);
    total += bytes;
    sincePause += bytes;
    if (total >= maxBytes) break;
    if (sincePause >= SLICE_BYTES) {
      sincePause = 0;
      await new Promise(setImmediate);
    }
  }
  return rows;
}

function* rowsOf(
  columns: readonly Column[],
  values: readonly (readonly DuckDBValue[])[],
  options: FormatOptions,
): Generator<{ readonly row: WireRow; readonly bytes: number }> {
  const encoders = columns.map((column) => nullable(encoderOf(column.type, options), column.type));
  const rowCount = values[0]?.length ?? 0;
  for (let row = 0; row < rowCount; row++) {
    const cells: WireCell[] = new Array(encoders.length);
    let bytes = 0;
    for (let index = 0; index < encoders.length; index++) {
      const v = (encoders[index] as Encoder)(
        (values[index] as readonly DuckDBValue[])[row] ?? null,
      );
      cells[index] = { v };
      bytes += sizeOf(v);
    }
    yield { row: { f: cells }, bytes };
  }
}

function sizeOf(value: WireValue): number {
  if (value === null) return 10;
  if (typeof value === 'string') return value.length + 10;
  const cells = 'f' in value ? value.f : value;
  return cells.reduce((sum, cell) => sum + sizeOf(cell.v), 10);
}

function nullable(encode: Encoder, type: GoogleSqlType): Encoder {
  // BigQuery has no NULL arrays in results: they come back empty.
  const ofNull = type.kind === 'ARRAY' ? [] : null;
  return (value) => (value === null || value === undefined ? ofNull : encode(value));
}

function encoderOf(type: GoogleSqlType, options: FormatOptions): Encoder {
  switch (type.kind) {
    case 'FLOAT64':
      return (value) => encodeFloat(value as number);
    case 'NUMERIC':
      return (value) => encodeDecimal(value as DuckDBDecimalValue);
    case 'BYTES':
      return (value) => Buffer.from((value as DuckDBBlobValue).bytes).toString('base64');
    case 'DATETIME':
      return (value) =>
        withMicroseconds((value as DuckDBTimestampValue).toString().replace(' ', 'T'));
    case 'TIME':
      return (value) => withMicroseconds(String(value));
    case 'TIMESTAMP':
      return options.useInt64Timestamp
        ? (value) => String((value as DuckDBTimestampTZValue).micros)
        : (value) => encodeSeconds((value as DuckDBTimestampTZValue).micros);
    case 'ARRAY': {
      const encode = nullable(encoderOf(type.element, options), type.element);
      return (value) =>
        (value as DuckDBListValue | DuckDBArrayValue).items.map((item) => ({ v: encode(item) }));
    }
    case 'STRUCT': {
      const encoders = type.fields.map((field) =>
        nullable(encoderOf(field.type, options), field.type),
      );
      return (value) => {
        const entries = Object.values((value as DuckDBStructValue).entries);
        return { f: encoders.map((encode, index) => ({ v: encode(entries[index] ?? null) })) };
      };
    }
    default:
      return String;
  }
}

function encodeFloat(value: number): string {
  if (Object.is(value, -0)) return '-0.0';
  return Number.isInteger(value) && Math.abs(value) < 1e15 ? `${value}.0` : String(value);
}

/** BigQuery writes no fraction of a second, or all of its six digits. */
function withMicroseconds(text: string): string {
  const dot = text.indexOf('.');
  return dot < 0 ? text : text.padEnd(dot + 7, '0');
}

/** Exact, without trailing zeros: '12.5', '-0.000000001', '3'. */
export function encodeDecimal({
  value,
  scale,
}: Pick<DuckDBDecimalValue, 'value' | 'scale'>): string {
  const sign = value < 0n ? '-' : '';
  const digits = String(value < 0n ? -value : value).padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  const fraction = digits.slice(digits.length - scale).replace(/0+$/, '');
  return fraction ? `${sign}${whole}.${fraction}` : `${sign}${whole}`;
}

/** Seconds since 1970 with microseconds, as BigQuery's floats stand in JSON: '1.7E9' or '1.5'. */
function encodeSeconds(micros: bigint): string {
  return encodeDecimal({ value: micros, scale: 6 });
}
