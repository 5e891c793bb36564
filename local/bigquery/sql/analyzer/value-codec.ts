import { duckFieldNames } from '../duck-type';
import type { GoogleSqlType } from '../types';
import type { ValueProto } from './protocol';
import {
  dateDays,
  dateText,
  datetimeText,
  numericFromBytes,
  numericToBytes,
  packDatetime,
  packTime,
  type SqlValue,
  timestampMicros,
  timestampText,
  timeText,
} from './value';

const NANOS_PER_MICRO = 1000;

/** A value of an answer (a literal of the statement, a cell of the reference engine). */
export function decodeValue(proto: ValueProto, type: GoogleSqlType): SqlValue {
  if (proto.value === undefined) return null;
  switch (type.kind) {
    case 'BOOL':
      return proto.boolValue ?? false;
    case 'INT64':
      return BigInt(proto.int64Value ?? 0);
    case 'FLOAT64':
      return proto.doubleValue ?? 0;
    case 'NUMERIC':
      return numericFromBytes(proto.numericValue ?? new Uint8Array());
    case 'STRING':
      return proto.stringValue ?? '';
    case 'BYTES':
      return Uint8Array.from(proto.bytesValue ?? []);
    case 'JSON':
      return proto.jsonValue ?? '';
    case 'DATE':
      return dateText(proto.dateValue ?? 0);
    case 'TIME':
      return timeText(BigInt(proto.timeValue ?? 0));
    case 'DATETIME': {
      const value = proto.datetimeValue;
      return datetimeText(BigInt(value?.bitFieldDatetimeSeconds ?? 0), value?.nanos ?? 0);
    }
    case 'TIMESTAMP': {
      const seconds = BigInt(proto.timestampValue?.seconds ?? 0);
      const micros = Math.floor((proto.timestampValue?.nanos ?? 0) / NANOS_PER_MICRO);
      return timestampText(seconds * 1_000_000n + BigInt(micros));
    }
    case 'ARRAY':
      return (proto.arrayValue?.element ?? []).map((item) => decodeValue(item, type.element));
    case 'STRUCT': {
      const names = duckFieldNames(type.fields);
      const entries = type.fields.map((field, i) => {
        const value = proto.structValue?.field?.[i] ?? {};
        return [names[i] as string, decodeValue(value, field.type)] as const;
      });
      return Object.fromEntries(entries);
    }
  }
}

/** A value for a cell of a table that the reference engine reads; undefined counts as NULL. */
export function encodeValue(value: SqlValue | undefined, type: GoogleSqlType): ValueProto {
  if (value === null || value === undefined) return {};
  switch (type.kind) {
    case 'BOOL':
      return { boolValue: Boolean(value) };
    case 'INT64':
      return { int64Value: String(value) };
    case 'FLOAT64':
      return { doubleValue: Number(value) };
    case 'NUMERIC':
      return { numericValue: numericToBytes(String(value)) };
    case 'STRING':
      return { stringValue: String(value) };
    case 'JSON':
      return { jsonValue: String(value) };
    case 'BYTES':
      return { bytesValue: value as Uint8Array };
    case 'DATE':
      return { dateValue: dateDays(String(value)) };
    case 'TIME':
      return { timeValue: String(packTime(String(value))) };
    case 'DATETIME': {
      const { packed, nanos } = packDatetime(String(value));
      return { datetimeValue: { bitFieldDatetimeSeconds: String(packed), nanos } };
    }
    case 'TIMESTAMP':
      return { timestampValue: secondsAndNanos(timestampMicros(String(value))) };
    case 'ARRAY': {
      const items = value as readonly SqlValue[];
      return { arrayValue: { element: items.map((item) => encodeValue(item, type.element)) } };
    }
    case 'STRUCT': {
      const names = duckFieldNames(type.fields);
      const fields = value as Readonly<Record<string, SqlValue>>;
      const field = type.fields.map((entry, i) =>
        encodeValue(fields[names[i] as string], entry.type),
      );
      return { structValue: { field } };
    }
  }
}

/** Protobuf's timestamp: nanos count forward from the second, before 1970 too. */
function secondsAndNanos(micros: bigint): { seconds: string; nanos: number } {
  const fraction = ((micros % 1_000_000n) + 1_000_000n) % 1_000_000n;
  const seconds = (micros - fraction) / 1_000_000n;
  return { seconds: String(seconds), nanos: Number(fraction) * NANOS_PER_MICRO };
}
