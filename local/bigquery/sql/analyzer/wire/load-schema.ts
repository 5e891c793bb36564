import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ProtoEnum, type ProtoField, type ProtoMessage, parseProto } from './proto-parser';
import type { EnumValues, Field, FieldKind, Message, Schema } from './schema';

/** Large, and no message that we speak is in it: the parser's own tree. */
const LEFT_OUT = new Set(['zetasql/parser/parse_tree.proto']);

/** The one type of google/protobuf that stands in values; the package does not bring its file. */
const TIMESTAMP = `package google.protobuf;
message Timestamp { optional int64 seconds = 1; optional int32 nanos = 2; }`;

const SCALARS = new Set([
  'bool',
  'bytes',
  'double',
  'float',
  'int32',
  'int64',
  'string',
  'uint32',
  'uint64',
]);

/** Reads `file` and what it imports, from the folder `protos`. */
export function loadSchema(protos: string, file: string): Schema {
  const messages = new Map<string, ProtoMessage>();
  const enums = new Map<string, ProtoEnum>();
  const read = new Set<string>();
  const add = (text: string): void => {
    const parsed = parseProto(text);
    for (const message of parsed.messages) messages.set(message.fullName, message);
    for (const entry of parsed.enums) enums.set(entry.fullName, entry);
    for (const name of parsed.imports) load(name);
  };
  const load = (name: string): void => {
    if (read.has(name) || LEFT_OUT.has(name) || name.startsWith('google/')) return;
    read.add(name);
    add(readFileSync(join(protos, name), 'utf8'));
  };
  add(TIMESTAMP);
  load(file);
  return new LinkedSchema(messages, enums);
}

/** Links types when they are first needed: most statements use a small part of them. */
class LinkedSchema implements Schema {
  private readonly linked = new Map<string, Message>();
  private readonly values = new Map<string, EnumValues>();

  constructor(
    private readonly messages: ReadonlyMap<string, ProtoMessage>,
    private readonly enums: ReadonlyMap<string, ProtoEnum>,
  ) {}

  message(fullName: string): Message {
    const known = this.linked.get(fullName);
    if (known) return known;
    const proto = this.messages.get(fullName);
    if (!proto) throw new Error(`The analyzer's protocol has no message ${fullName}`);
    const fields = proto.fields.map((field) => this.field(field, fullName));
    return this.keep(fullName, fields);
  }

  private keep(fullName: string, fields: readonly Field[]): Message {
    const byNumber: (Field | undefined)[] = [];
    for (const field of fields) byNumber[field.number] = field;
    const message: Message = {
      fullName,
      byName: new Map(fields.map((field) => [field.name, field])),
      byNumber,
      repeated: fields.filter(({ isRepeated }) => isRepeated).map(({ name }) => name),
      isAnyNode: fields.some(({ oneof }) => oneof === 'node'),
    };
    this.linked.set(fullName, message);
    return message;
  }

  private field(proto: ProtoField, scope: string): Field {
    const schema = this;
    const { name, number, isRepeated, oneof, mapKey } = proto;
    const isMap = mapKey !== undefined;
    const target = isMap ? undefined : this.resolve(proto.type, scope);
    const kind = isMap ? 'message' : this.kind(proto.type, target);
    return {
      name,
      number,
      isRepeated,
      isMap,
      oneof,
      kind,
      get message() {
        return isMap ? schema.mapEntry(proto, scope) : schema.message(target ?? proto.type);
      },
      get values() {
        return schema.enum(target ?? proto.type);
      },
    };
  }

  private mapEntry(proto: ProtoField, scope: string): Message {
    const fullName = `${scope}.${proto.name}Entry`;
    const rest = { isRepeated: false, oneof: undefined };
    return (
      this.linked.get(fullName) ??
      this.keep(fullName, [
        this.field({ name: 'key', type: proto.mapKey as string, number: 1, ...rest }, scope),
        this.field({ name: 'value', type: proto.type, number: 2, ...rest }, scope),
      ])
    );
  }

  private kind(type: string, target: string | undefined): FieldKind {
    if (SCALARS.has(type)) return type as FieldKind;
    return target !== undefined && this.enums.has(target) ? 'enum' : 'message';
  }

  /** A name is looked for in the innermost scope first. */
  private resolve(type: string, scope: string): string | undefined {
    if (SCALARS.has(type)) return undefined;
    for (let parts = scope.split('.'); ; parts = parts.slice(0, -1)) {
      const name = [...parts, type].join('.');
      if (this.messages.has(name) || this.enums.has(name)) return name;
      if (parts.length === 0) return undefined;
    }
  }

  private enum(fullName: string): EnumValues {
    const known = this.values.get(fullName);
    if (known) return known;
    const { values = new Map<string, number>() } = this.enums.get(fullName) ?? {};
    const names = new Map<number, string>();
    for (const [name, number] of values) if (!names.has(number)) names.set(number, name);
    const made = { numbers: values, names };
    this.values.set(fullName, made);
    return made;
  }
}
