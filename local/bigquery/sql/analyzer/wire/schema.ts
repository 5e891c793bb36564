/** How a field stands on the wire. */
export type FieldKind =
  | 'bool'
  | 'bytes'
  | 'double'
  | 'enum'
  | 'float'
  | 'int32'
  | 'int64'
  | 'message'
  | 'string'
  | 'uint32'
  | 'uint64';

export interface Field {
  /** In camel case: 'columnList' for column_list. */
  readonly name: string;
  readonly number: number;
  readonly isRepeated: boolean;
  /** A map's entries are messages of a key and a value. */
  readonly isMap: boolean;
  readonly kind: FieldKind;
  /** The name of the oneof that it belongs to. */
  readonly oneof: string | undefined;
  /** Of kind 'message'. */
  readonly message: Message;
  /** Of kind 'enum'. */
  readonly values: EnumValues;
}

export interface Message {
  /** With its package: 'zetasql.TypeProto'. */
  readonly fullName: string;
  readonly byName: ReadonlyMap<string, Field>;
  readonly byNumber: readonly (Field | undefined)[];
  /** Names of the repeated fields: answers always have them. */
  readonly repeated: readonly string[];
  /** True where a oneof called 'node' makes it one of several kinds of node. */
  readonly isAnyNode: boolean;
}

export interface EnumValues {
  readonly numbers: ReadonlyMap<string, number>;
  readonly names: ReadonlyMap<number, string>;
}

/** The types of a set of .proto files. */
export interface Schema {
  /** Throws for a name that the files do not define. */
  message(fullName: string): Message;
}

/** Field numbers and wire types share a varint. */
export const WIRE = { varint: 0, fixed64: 1, delimited: 2, fixed32: 5 } as const;
