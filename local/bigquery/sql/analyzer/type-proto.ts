import type { GoogleSqlType, ScalarKind } from '../types';
import type { TypeProto } from './protocol';

const TO_PROTO: Readonly<Record<ScalarKind, string>> = {
  BOOL: 'TYPE_BOOL',
  INT64: 'TYPE_INT64',
  FLOAT64: 'TYPE_DOUBLE',
  NUMERIC: 'TYPE_NUMERIC',
  STRING: 'TYPE_STRING',
  BYTES: 'TYPE_BYTES',
  DATE: 'TYPE_DATE',
  TIME: 'TYPE_TIME',
  DATETIME: 'TYPE_DATETIME',
  TIMESTAMP: 'TYPE_TIMESTAMP',
  JSON: 'TYPE_JSON',
};

const FROM_PROTO = new Map(
  Object.entries(TO_PROTO).map(([kind, proto]) => [proto, kind as ScalarKind]),
);

/** A type that the analyzer knows and the local BigQuery does not: GEOGRAPHY, INTERVAL, enums. */
interface OtherType {
  readonly kind: 'OTHER';
  /** As a user would name it. */
  readonly name: string;
}

export type ResolvedType = GoogleSqlType | OtherType;

/** The analyzer's form of a type. */
export function toTypeProto(type: GoogleSqlType): TypeProto {
  if (type.kind === 'ARRAY') {
    return { typeKind: 'TYPE_ARRAY', arrayType: { elementType: toTypeProto(type.element) } };
  }
  if (type.kind === 'STRUCT') {
    const field = type.fields.map((entry) => ({
      fieldName: entry.name,
      fieldType: toTypeProto(entry.type),
    }));
    return { typeKind: 'TYPE_STRUCT', structType: { field } };
  }
  return { typeKind: TO_PROTO[type.kind] };
}

/** The type of an answer; what we do not support comes back as kind OTHER with its name. */
export function fromTypeProto(proto: TypeProto): ResolvedType {
  if (proto.typeKind === 'TYPE_ARRAY' && proto.arrayType) {
    const element = fromTypeProto(proto.arrayType.elementType);
    return element.kind === 'OTHER' ? element : { kind: 'ARRAY', element };
  }
  if (proto.typeKind === 'TYPE_STRUCT') {
    const fields = [];
    for (const field of proto.structType?.field ?? []) {
      const type = fromTypeProto(field.fieldType);
      if (type.kind === 'OTHER') return type;
      fields.push({ name: field.fieldName ?? '', type });
    }
    return { kind: 'STRUCT', fields };
  }
  const kind = FROM_PROTO.get(proto.typeKind ?? '');
  if (kind) return { kind };
  const name = proto.enumType?.enumName ?? proto.typeKind ?? 'UNKNOWN';
  return { kind: 'OTHER', name: name.replace(/^TYPE_/, '') };
}
